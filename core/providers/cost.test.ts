import { describe, expect, test } from "vitest";
import type { Budget, Currency, PriceRow, SpendRow } from "../contract/costs.ts";
import { AppError } from "../contract/errors.ts";
import { bookingOf, localDay, monthOf } from "./cost-booking.ts";
import { budgetState, forecastMonthEnd, makeSpendReport, refuseOverBudget } from "./cost-budget.ts";
import { compareTiers, forecastMonth } from "./cost-expected-use.ts";
import { costOf, stepFor } from "./cost.ts";
import { shippedPrices } from "./prices.ts";

const row = (changes: Partial<PriceRow> = {}): PriceRow => ({
  vendor: "qwen",
  scope: "any",
  model: "m",
  currency: "CNY",
  validFrom: null,
  validTo: null,
  asOf: "2026-10-09",
  source: "test",
  steps: [
    { upTo: 1000, input: 0.8, output: 2, thinkingOutput: 8, cachedInput: 0.16 },
    { upTo: null, input: 2.4, output: 20, thinkingOutput: 24, cachedInput: 0.48 },
  ],
  ...changes,
});

/** Numbers from a seed, so that a failure can be run again. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The price as a fraction read from its decimal digits: another way to the same figure. */
function digits(price: number): bigint {
  const [whole = "0", part = ""] = price.toFixed(6).split(".");
  return BigInt(whole + part);
}

describe("the cost of a call", () => {
  test("takes the step of its input length whole, and the thinking price once it thought", () => {
    expect(costOf({ inputTokens: 1000, outputTokens: 100 }, row())).toBe(1000);
    expect(costOf({ inputTokens: 1001, outputTokens: 100 }, row())).toBe(Math.round(1001 * 2.4 + 2000));
    expect(costOf({ inputTokens: 1000, outputTokens: 100, reasoningTokens: 1 }, row())).toBe(1600);
    expect(costOf({ inputTokens: 1000, outputTokens: 100 }, row(), true)).toBe(1600);
    expect(costOf({ inputTokens: 1000, outputTokens: 0, cachedInputTokens: 500 }, row())).toBe(480);
  });

  test("is exact for 20,000 random calls on every shipped price", () => {
    const random = makeRandom(20_261_123);
    for (let turn = 0; turn < 20_000; turn += 1) {
      const price = shippedPrices[random(shippedPrices.length)]!;
      const inputTokens = random(1_000_000);
      const usage = {
        inputTokens,
        outputTokens: random(131_072),
        cachedInputTokens: random(inputTokens + 1),
        reasoningTokens: random(2),
      };
      const step = stepFor(price, inputTokens);
      const output = usage.reasoningTokens > 0 ? (step.thinkingOutput ?? step.output) : step.output;
      const sum =
        BigInt(inputTokens - usage.cachedInputTokens) * digits(step.input) +
        BigInt(usage.cachedInputTokens) * digits(step.cachedInput ?? step.input) +
        BigInt(usage.outputTokens) * digits(output);
      const exact = sum / 1_000_000n + (sum % 1_000_000n >= 500_000n ? 1n : 0n);
      expect(BigInt(costOf(usage, price)), `${price.model} ${JSON.stringify(usage)}`).toBe(exact);
    }
  });

  test("never falls when a call grows, and caching never makes it dearer", () => {
    const random = makeRandom(7);
    for (let turn = 0; turn < 5000; turn += 1) {
      const price = shippedPrices[random(shippedPrices.length)]!;
      const usage = { inputTokens: random(900_000), outputTokens: random(60_000) };
      const base = costOf(usage, price);
      expect(
        costOf({ ...usage, outputTokens: usage.outputTokens + random(5000) }, price),
      ).toBeGreaterThanOrEqual(base);
      expect(
        costOf({ ...usage, inputTokens: usage.inputTokens + random(90_000) }, price),
      ).toBeGreaterThanOrEqual(base);
      expect(costOf({ ...usage, cachedInputTokens: random(usage.inputTokens) }, price)).toBeLessThanOrEqual(
        base,
      );
    }
  });

  test("of a thousand booked calls sums to the same as the sum of a thousand figures", () => {
    const random = makeRandom(3);
    let booked = 0;
    let counted = 0n;
    for (let turn = 0; turn < 1000; turn += 1) {
      const usage = {
        inputTokens: random(50_000),
        outputTokens: random(4000),
        reasoningTokens: 0,
        cachedInputTokens: 0,
        estimated: false,
      };
      const call = {
        requestId: String(turn),
        time: Date.now(),
        provider: "p",
        model: "m",
        tier: "standard",
        usage,
      } as const;
      booked += bookingOf(call, row(), "CNY").micros;
      const step = stepFor(row(), usage.inputTokens);
      counted +=
        BigInt(usage.inputTokens) * digits(step.input) + BigInt(usage.outputTokens) * digits(step.output);
    }
    // Each call is rounded to a millionth: a thousand calls differ by half a thousandth at most, far below a cent.
    expect(Math.abs(booked - Number(counted / 1_000_000n))).toBeLessThanOrEqual(500);
  });

  test("a call without a price is booked with its tokens and no amount", () => {
    const usage = {
      inputTokens: 5,
      outputTokens: 6,
      reasoningTokens: 0,
      cachedInputTokens: 0,
      estimated: true,
    };
    const call = { requestId: "r", time: 0, provider: "p", model: "m", tier: "private", usage } as const;
    expect(bookingOf(call, null, "EUR")).toMatchObject({
      inputTokens: 5,
      outputTokens: 6,
      micros: 0,
      currency: "EUR",
      estimated: true,
    });
  });
});

describe("days and months", () => {
  test("a day is the local calendar's", () => {
    expect(localDay(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05");
  });

  test("a month runs to the first of the next, over the year's end too", () => {
    expect(monthOf("2026-12-31")).toEqual({ month: "2026-12", from: "2026-12-01", to: "2027-01-01" });
    expect(monthOf("2026-09-01")).toEqual({ month: "2026-09", from: "2026-09-01", to: "2026-10-01" });
  });

  test("the forecast goes on as the days until today, and a whole month is its own forecast", () => {
    expect(forecastMonthEnd(3_000_000, "2026-11-10")).toBe(9_000_000);
    expect(forecastMonthEnd(3_000_000, "2026-11-30")).toBe(3_000_000);
    expect(forecastMonthEnd(1_000_000, "2028-02-01")).toBe(29_000_000);
  });
});

describe("the budget", () => {
  const budget = (changes: Partial<Budget> = {}): Budget => ({
    warnAt: 8,
    stopAt: 10,
    currency: "CNY",
    rates: [],
    ...changes,
  });
  const spent = (micros: number, currency: Currency = "CNY") => new Map([[currency, micros]]);

  test.each([
    [0, "below"],
    [7_999_999, "below"],
    [8_000_000, "warning"],
    [9_999_999, "warning"],
    [10_000_000, "stopped"],
  ] as const)("%i millionths of 8 and 10 is %s", (micros, state) => {
    expect(budgetState(spent(micros), budget()).state).toBe(state);
  });

  const dollars = { currency: "USD", rate: 7.2, asOf: "2026-11-01" } as const;

  // guide: "Other currencies count by the rate you state, with its day; nothing is looked up."
  test("counts another currency by the rate that was stated, and says which it leaves out", () => {
    const totals = new Map<Currency, number>([
      ["USD", 1_000_001],
      ["CNY", 1],
      ["EUR", 0],
    ]);
    expect(budgetState(totals, budget())).toEqual({ state: "below", spentMicros: 1, notCounted: ["USD"] });
    expect(budgetState(totals, budget({ rates: [dollars] }))).toEqual({
      state: "below",
      spentMicros: 7_200_009,
      notCounted: [],
    });
    expect(budgetState(totals, budget({ warnAt: null, stopAt: null }))).toEqual({
      state: "none",
      spentMicros: 1,
      notCounted: [],
    });
  });

  describe("the stop", () => {
    const call = (micros: number, currency: Currency = "CNY") => ({ micros, currency });
    type Dearest = ReturnType<typeof call> | null;
    const tryCall = (
      totals: ReadonlyMap<Currency, number>,
      dearest: Dearest,
      changes: Partial<Budget> = {},
    ) => {
      try {
        refuseOverBudget(totals, budget(changes), { provider: "p", model: "m", dearest });
        return "sent";
      } catch (error) {
        return error instanceof AppError ? error.code : error;
      }
    };

    test("holds a call that at its dearest would pass it, before it is sent", () => {
      expect(tryCall(spent(9_000_000), call(1_000_000))).toBe("sent");
      expect(tryCall(spent(9_000_000), call(1_000_001))).toBe("budget-exceeded");
      expect(tryCall(spent(10_000_000), call(1))).toBe("budget-exceeded");
      expect(tryCall(spent(10_000_000), call(0))).toBe("sent");
    });

    test("lets nobody through because a call is priced in another currency", () => {
      expect(tryCall(spent(0), call(1, "USD"))).toBe("rate-unknown");
      expect(tryCall(spent(9_000_000), call(138_888, "USD"), { rates: [dollars] })).toBe("sent");
      expect(tryCall(spent(9_000_000), call(138_889, "USD"), { rates: [dollars] })).toBe("budget-exceeded");
      expect(tryCall(spent(1_400_000, "USD"), call(1), { rates: [dollars] })).toBe("budget-exceeded");
    });

    test("lets nobody through while the month holds spend that no rate is stated for", () => {
      expect(tryCall(spent(1, "USD"), call(1))).toBe("rate-unknown");
      expect(tryCall(spent(1, "USD"), call(1), { stopAt: null })).toBe("sent");
    });

    test("lets nobody through because no price is known", () => {
      expect(tryCall(spent(0), null)).toBe("price-unknown");
      expect(tryCall(spent(0), null, { stopAt: null })).toBe("sent");
    });
  });

  test("the report sums by currency and never across", () => {
    const day: SpendRow = {
      day: "2026-11-10",
      provider: "qwen",
      model: "qwen-plus",
      tier: "standard",
      requests: 1,
      inputTokens: 1,
      outputTokens: 1,
      micros: 4_000_000,
      currency: "CNY",
      estimated: false,
    };
    const rows = [day, { ...day, day: "2026-11-11" }, { ...day, currency: "USD", micros: 5 } as const];
    expect(makeSpendReport(rows, budget(), "2026-11-15")).toEqual({
      month: "2026-11",
      rows,
      totals: [
        { currency: "CNY", micros: 8_000_000, forecastMicros: 16_000_000 },
        { currency: "USD", micros: 5, forecastMicros: 10 },
      ],
      budget: budget(),
      state: "warning",
      spentMicros: 8_000_000,
      notCounted: ["USD"],
    });
  });
});

describe("the expected-use calculator", () => {
  const use = { queriesPerDay: 40, inputTokens: 900, outputTokens: 300, daysPerMonth: 22 };

  test("multiplies queries, days, tokens and price", () => {
    // 900 × 0.8 + 300 × 2 = 1,320 millionths a query; 880 queries.
    expect(forecastMonth(use, row())).toEqual({ amount: 1.1616, currency: "CNY" });
    expect(forecastMonth(use, row(), true)).toEqual({ amount: 2.7456, currency: "CNY" });
  });

  test("sets tiers side by side: the device costs nothing, an unknown price has no figure", () => {
    const tier = { provider: null, model: null, thinks: false };
    expect(
      compareTiers(
        use,
        [
          { ...tier, tier: "local", reach: "device", price: null },
          { ...tier, tier: "standard", reach: "cloud", price: row() },
          { ...tier, tier: "private", reach: "organisation", price: null },
        ],
        "EUR",
      ).map(({ tier: name, monthly, priceAsOf }) => [name, monthly?.amount ?? null, priceAsOf]),
    ).toEqual([
      ["local", 0, null],
      ["standard", 1.1616, "2026-10-09"],
      ["private", null, null],
    ]);
  });
});
