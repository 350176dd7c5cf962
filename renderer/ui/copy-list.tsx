import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MOST_COPIES, type SearchCopy } from "../../core/contract/search.ts";
import { usePlaceWords } from "./use-place-words.ts";

interface CopyListProps {
  readonly copies: readonly SearchCopy[];
  readonly onOpen: (copy: SearchCopy) => void;
}

/** "and 8 like it": the other places of a text, unfolded on demand. */
export function CopyList({ copies, onOpen }: CopyListProps) {
  const { t } = useTranslation();
  const sayPlace = usePlaceWords();
  const [isOpen, setOpen] = useState(false);
  if (copies.length === 0) return null;
  return (
    <details className="copies" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {copies.length < MOST_COPIES
          ? t("copies.like", { count: copies.length })
          : t("copies.likeOrMore", { count: copies.length })}
      </summary>
      {isOpen && (
        <ul>
          {copies.map((copy) => (
            <li key={copy.passageIds[0]}>
              <button type="button" title={copy.path} onClick={() => onOpen(copy)}>
                <span className="clip">{copy.title}</span>
                <span className="quiet clip">{sayPlace(copy.place, "last", copy.title)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
