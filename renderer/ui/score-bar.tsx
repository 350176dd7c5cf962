import { useTranslation } from "react-i18next";
import { formatShare } from "./formatting.ts";

/** A score between 0 and 1 as a short bar; its number is in the name. */
export function ScoreBar({ score }: { score: number }) {
  const { t, i18n } = useTranslation();
  const share = Math.min(1, Math.max(0, score));
  const label = t("sources.score", { score: formatShare(share, i18n.language) });
  return (
    <span className="score-bar" role="img" aria-label={label} title={label}>
      <span style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}
