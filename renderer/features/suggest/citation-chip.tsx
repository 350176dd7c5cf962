import { Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePlaceWords } from "../../ui/use-place-words.ts";
import type { CitationMark } from "./citations.ts";
import { useSourcesFocus } from "./sources-context.ts";
import { useCited } from "./cited-context.ts";

/** A numbered citation in the text; a click opens the passage with the quoted words marked. */
export function CitationChip({ mark }: { mark: CitationMark }) {
  const { t } = useTranslation();
  const focus = useSourcesFocus();
  // Once pressed, its hint would only cover the text.
  const [isOpened, setOpened] = useState(false);
  const cited = useCited();
  const place = usePlaceWords();
  const source = cited.sources.find(({ number }) => number === mark.sourceNumber);
  const citation = cited.citations[mark.index];
  if (!source || !citation) return null;
  const { state } = citation;
  const where = [source.title, place(source.place, "last", source.title)]
    .filter((part) => part !== "")
    .join(", ");
  const words = t(`citation.${state}`);
  return (
    <Tooltip
      position="bottom"
      disabled={isOpened}
      label={
        <>
          <strong>{where}</strong>
          <br />
          {words}
        </>
      }
    >
      <button
        type="button"
        className="cite"
        data-state={state}
        aria-label={t("citation.label", { number: source.number, where, words })}
        onMouseEnter={() => focus.mark(source.number)}
        onMouseLeave={() => {
          focus.mark(null);
          setOpened(false);
        }}
        onFocus={() => focus.mark(source.number)}
        onBlur={() => focus.mark(null)}
        onClick={() => {
          setOpened(true);
          const range = citation.quote ?? source;
          focus.open({ documentId: source.documentId, range: { start: range.start, end: range.end } });
        }}
      >
        {source.number}
      </button>
    </Tooltip>
  );
}
