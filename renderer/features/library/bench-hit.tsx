import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SearchHit } from "../../../core/contract/search.ts";
import { useGo } from "../../app/context.tsx";
import { CopyList } from "../../ui/copy-list.tsx";
import { MarkedText } from "../../ui/marked-text.tsx";
import { ScoreBar } from "../../ui/score-bar.tsx";
import { usePlaceWords } from "../../ui/use-place-words.ts";

interface BenchHitProps {
  readonly hit: SearchHit;
  readonly isRight: boolean;
  readonly onRight: (isRight: boolean) => void;
}

/** One ranked passage with its scores; a person may say that it is the right one. */
export function BenchHit({ hit, isRight, onRight }: BenchHitProps) {
  const { t } = useTranslation();
  const go = useGo();
  const sayPlace = usePlaceWords();
  const place = sayPlace(hit.place, "last", hit.title);
  const open = ({ documentId, start, end }: Pick<SearchHit, "documentId" | "start" | "end">) =>
    go({ screen: "library", view: "document", target: { documentId, range: { start, end } } });
  const number = (score: number | null) => (score === null ? "–" : score.toFixed(2));
  return (
    <li className="bench-hit">
      <span className="bench-rank">{hit.rank}</span>
      <div className="bench-hit-body">
        <div className="bench-hit-head">
          <button type="button" className="file-name clip" onClick={() => open(hit)}>
            {hit.title}
          </button>
          {place !== "" && <span className="quiet small clip">{place}</span>}
        </div>
        <p className="bench-hit-text">
          <MarkedText text={hit.text} ranges={hit.matches} />
        </p>
        <CopyList copies={hit.copies} onOpen={open} />
        <div className="bench-hit-foot">
          <ScoreBar score={hit.score} />
          <span className="quiet small">
            {t("bench.scores", {
              score: number(hit.score),
              meaning: number(hit.vectorScore),
              words: number(hit.wordScore),
            })}
          </span>
          <span className="grow" />
          <Checkbox
            size="xs"
            label={t("bench.right")}
            checked={isRight}
            onChange={(event) => onRight(event.currentTarget.checked)}
          />
        </div>
      </div>
    </li>
  );
}
