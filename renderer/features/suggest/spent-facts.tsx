import { useTranslation } from "react-i18next";
import { formatCount, formatMoney } from "../../ui/formatting.ts";
import type { SuggestionState } from "./suggestion-state.ts";

/** What a suggestion of another tier used: tokens and cost, estimates marked as such. */
export function SpentFacts({ version: { start, usage, cost } }: { version: SuggestionState }) {
  const { t, i18n } = useTranslation();
  if (!usage || !start || start.tier === "local") return null;
  const count = (tokens: number) => formatCount(tokens, i18n.language);
  const facts = [
    t("suggest.tokens", { input: count(usage.inputTokens), output: count(usage.outputTokens) }),
    usage.reasoningTokens > 0 && t("suggest.thoughtTokens", { number: count(usage.reasoningTokens) }),
    usage.estimated && t("suggest.tokensEstimated"),
    cost
      ? t("suggest.cost", { cost: formatMoney(cost.amount, cost.currency, i18n.language) })
      : start.reach === "cloud" && t("suggest.noCost"),
  ].filter((fact) => typeof fact === "string");
  return <p className="count">{facts.join(" · ")}</p>;
}
