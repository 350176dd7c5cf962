import type { Budget, Currency, SpendReport } from "../../../core/contract/costs.ts";
import type { Session } from "../session.ts";

export interface CostsOptions {
  readonly month?: string;
  readonly warnAt?: number | "none";
  readonly stopAt?: number | "none";
  readonly currency?: Currency;
}

/** `qwill costs`: the month's report; with a limit given, the budget is set first. */
export async function costsCommand(
  session: Session,
  _args: string[],
  options: CostsOptions,
): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    let report = await tiers.spend(options.month, session.signal);
    if (changesBudget(options)) {
      await tiers.setBudget(budgetFrom(report.budget, options), session.signal);
      report = await tiers.spend(options.month, session.signal);
    }
    session.output.result(report, () => wordsOf(report));
    return 0;
  });
}

const changesBudget = ({ warnAt, stopAt, currency }: CostsOptions): boolean =>
  warnAt !== undefined || stopAt !== undefined || currency !== undefined;

const budgetFrom = (before: Budget, { warnAt, stopAt, currency }: CostsOptions): Budget => ({
  warnAt: warnAt === "none" ? null : (warnAt ?? before.warnAt),
  stopAt: stopAt === "none" ? null : (stopAt ?? before.stopAt),
  currency: currency ?? before.currency,
});

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
    ...report.notCounted.map((currency) => `Not counted in the budget: what was spent in ${currency}.`),
  ].join("\n");
}
