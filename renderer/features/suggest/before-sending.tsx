import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { TierStatus } from "../../../core/contract/providers.ts";
import { useRoute } from "../../app/routes.ts";
import { formatCount, formatMoney } from "../../ui/formatting.ts";
import { useObservable } from "../../ui/observable.ts";
import { wholeAsk, type Ask } from "./session.ts";
import { useSession } from "./session-context.ts";

const pause = 500;

interface BeforeSendingProps {
  /** Null while there is nothing to send. */
  readonly ask: Ask | null;
  readonly status: TierStatus | undefined;
}

/** Tokens and cost of what stands in the composer, before it leaves. Says nothing in the local tier. */
export function BeforeSending({ ask, status }: BeforeSendingProps) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const isAway = status?.available === true && status.tier !== "local";
  // With the turns that go along: what is counted is what would be sent.
  const written = useObservable(session.state, (state) =>
    isAway && ask ? JSON.stringify(wholeAsk(ask, state)) : "",
  );
  const [settled] = useDebouncedValue(written, pause);
  const input = settled === "" ? null : (JSON.parse(settled) as Ask);
  const estimate = useRoute(
    "costs.estimate",
    { text: "?", ...input, id: "estimate" },
    { enabled: input !== null },
  );
  if (!isAway) return null;
  // The line keeps its place, so that nothing below it moves while someone types.
  if (!ask) return <p className="before-sending" />;
  const found = settled === written ? estimate.data : undefined;
  if (estimate.isError && settled === written) return <p className="before-sending" />;
  if (!found) return <p className="before-sending only-late">{t("tier.estimating")}</p>;
  const count = (tokens: number) => formatCount(tokens, i18n.language);
  const price = found.cost
    ? t("tier.estimateCost", { cost: formatMoney(found.cost.amount, found.cost.currency, i18n.language) })
    : t(status.reach === "cloud" ? "tier.noPrice" : "tier.free");
  return (
    <p className="before-sending count">
      {t("tier.estimate", { input: count(found.inputTokens), output: count(found.outputTokens) })} · {price}
    </p>
  );
}
