import { describe, expect, test } from "vitest";
import type { SpendReport, SpendRow } from "../../../core/contract/costs.ts";
import { dayBars, groupSpend, monthFrom, niceTop } from "./group-spend.ts";

const row = (part: Partial<SpendRow>): SpendRow => ({
  day: "2026-02-03",
  provider: "qwen",
  model: "qwen-plus",
  tier: "standard",
  requests: 1,
  inputTokens: 100,
  outputTokens: 10,
  micros: 1_000_001,
  currency: "USD",
  estimated: false,
  ...part,
});

describe("sums stay exact and apart", () => {
  const rows = [row({}), row({ estimated: true, micros: 2 }), row({ currency: "CNY", micros: 9_000_000 })];
  test("never adds one currency to another", () => {
    expect(groupSpend(rows, "provider").map(({ micros, currency }) => [micros, currency])).toEqual([
      [9_000_000, "CNY"],
      [1_000_003, "USD"],
    ]);
  });
  test("marks a line as soon as part of it was counted here", () => {
    expect(groupSpend(rows, "model").map(({ isEstimated }) => isEstimated)).toEqual([false, true]);
  });
});

test("the plot has every day of the month, leap days too", () => {
  const report: SpendReport = {
    month: "2028-02",
    rows: [row({ day: "2028-02-29" })],
    totals: [],
    budget: { warnAt: null, stopAt: null, currency: "USD", rates: [] },
    spentMicros: 0,
    state: "none",
    notCounted: [],
  };
  const bars = dayBars(report, "USD");
  expect(bars).toHaveLength(29);
  expect(bars.at(-1)).toEqual({ day: "2028-02-29", micros: 1_000_001 });
});
test("the scale ends on a round number that no bar passes", () => {
  for (const highest of [1, 3, 7, 23, 99, 101, 41_234])
    expect(niceTop(highest)).toBeGreaterThanOrEqual(highest);
  expect(niceTop(23)).toBe(30);
  expect(niceTop(0)).toBe(1);
});
test("months go over the year's end both ways", () => {
  expect(monthFrom("2026-12", 1)).toBe("2027-01");
  expect(monthFrom("2026-01", -1)).toBe("2025-12");
});
