import type { Budget, Currency, ExchangeRate, SpendReport } from "../../../core/contract/costs.ts";
import { localDay } from "../../../core/providers/cost-booking.ts";
import { noteUnreadable, type Session } from "../session.ts";

export interface CostsOptions {
  readonly month?: string;
  readonly warnAt?: number | "none";
  readonly stopAt?: number | "none";
  readonly currency?: Currency;
  readonly rate?: readonly StatedRate[];
}
/** What one unit of a currency is worth in the budget's; 0 takes the rate away. */
export type StatedRate = Pick<ExchangeRate, "currency" | "rate">;

/** `qwill costs`: the month's report; with a limit given, the budget is set first. */
export async function costsCommand(
  session: Session,
  _args: string[],
  options: CostsOptions,
): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    const isLost = noteUnreadable(session).includes("budget");
    if (isLost && changesBudget(options) && options.stopAt === undefined) {
      // What the stop was cannot be read: a change of something else must not make it none.
      session.output.note("Say what the stop is to be: --stop-at AMOUNT, or --stop-at none.");
      return 2;
    }
    let report = await tiers.spend(options.month, session.signal);
    if (changesBudget(options)) {
      await tiers.setBudget(budgetFrom(report.budget, options), session.signal);
      report = await tiers.spend(options.month, session.signal);
    }
    session.output.result(report, () => wordsOf(report));
    return 0;
  });
}

const changesBudget = ({ warnAt, stopAt, currency, rate }: CostsOptions): boolean =>
  warnAt !== undefined || stopAt !== undefined || currency !== undefined || rate !== undefined;

function budgetFrom(before: Budget, { warnAt, stopAt, currency, rate = [] }: CostsOptions): Budget {
  // A rate that was stated in another currency says nothing about this one.
  const isOther = currency !== undefined && currency !== before.currency;
  const kept = isOther
    ? []
    : before.rates.filter((known) => !rate.some((given) => given.currency === known.currency));
  const asOf = localDay(Date.now());
  return {
    warnAt: warnAt === "none" ? null : (warnAt ?? before.warnAt),
    stopAt: stopAt === "none" ? null : (stopAt ?? before.stopAt),
    currency: currency ?? before.currency,
    rates: [...kept, ...rate.filter((given) => given.rate > 0).map((given) => ({ ...given, asOf }))],
  };
}

function wordsOf(report: SpendReport): string {
  const { budget } = report;
  const money = (micros: number, currency: string) => `${(micros / 1_000_000).toFixed(4)} ${currency}`;
  const limit = (amount: number | null) => (amount === null ? "none" : `${amount} ${budget.currency}`);
  return [
    ...report.rows.map(
      (row) =>
        `${row.day}  ${row.provider}  ${row.model}  ${row.requests} requests  ${row.inputTokens} + ${row.outputTokens} tokens  ${row.estimated ? "about " : ""}${money(row.micros, row.currency)}`,
    ),
    ...report.totals.map(
      ({ micros, forecastMicros, currency }) =>
        `${report.month}: ${money(micros, currency)}, ${money(forecastMicros, currency)} by the month's end at this pace`,
    ),
    ...(report.rows.length === 0 ? [`${report.month}: nothing was spent.`] : []),
    `Budget: warn at ${limit(budget.warnAt)}, stop at ${limit(budget.stopAt)} (${report.state})`,
    ...budget.rates.map(
      ({ currency, rate, asOf }) => `1 ${currency} counts as ${rate} ${budget.currency} (stated ${asOf})`,
    ),
    ...report.notCounted.map(
      (currency) =>
        `What was spent in ${currency} cannot be counted, and a stop lets nothing through: --rate ${currency}=AMOUNT`,
    ),
  ].join("\n");
}
