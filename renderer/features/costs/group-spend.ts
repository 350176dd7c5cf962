import type { Currency, SpendReport, SpendRow } from "../../../core/contract/costs.ts";

export const spendGroups = ["provider", "model", "day"] as const;
export type SpendGroup = (typeof spendGroups)[number];

/** Spend of one provider, model or day in one currency. */
export interface SpendLine {
  readonly key: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly micros: number;
  readonly currency: Currency;
  readonly isEstimated: boolean;
}

/** Adds rows up by provider, model or day. Currencies are never added to one another. */
export function groupSpend(rows: readonly SpendRow[], by: SpendGroup): SpendLine[] {
  const lines = new Map<string, SpendLine>();
  for (const row of rows) {
    const name = `${row[by]}\n${row.currency}`;
    const old = lines.get(name);
    lines.set(name, {
      key: row[by],
      requests: (old?.requests ?? 0) + row.requests,
      inputTokens: (old?.inputTokens ?? 0) + row.inputTokens,
      outputTokens: (old?.outputTokens ?? 0) + row.outputTokens,
      micros: (old?.micros ?? 0) + row.micros,
      currency: row.currency,
      isEstimated: (old?.isEstimated ?? false) || row.estimated,
    });
  }
  const found = [...lines.values()];
  return by === "day"
    ? found.toSorted((one, other) => one.key.localeCompare(other.key))
    : found.toSorted((one, other) => other.micros - one.micros);
}

/** One bar of the plot: every day of the month has one. */
export interface DayBar {
  readonly day: string;
  readonly micros: number;
}

/** Spend of each day of a month in one currency, days without spend included. */
export function dayBars(report: SpendReport, currency: Currency): DayBar[] {
  const [year = 1970, month = 1] = report.month.split("-").map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: days }, (_, index) => {
    const day = `${report.month}-${String(index + 1).padStart(2, "0")}`;
    const micros = report.rows
      .filter((row) => row.day === day && row.currency === currency)
      .reduce((sum, row) => sum + row.micros, 0);
    return { day, micros };
  });
}

/** A round number at or above the highest bar, so that the scale's lines have short labels. */
export function niceTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= highest) ?? 10;
  return step * power;
}

/** The month `step` months from one: "2026-12" and 1 make "2027-01". */
export function monthFrom(month: string, step: number): string {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  const moved = new Date(Date.UTC(year, number - 1 + step, 1));
  return `${moved.getUTCFullYear()}-${String(moved.getUTCMonth() + 1).padStart(2, "0")}`;
}
