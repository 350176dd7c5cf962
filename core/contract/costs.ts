import { z } from "zod";
import { tier } from "./tiers.ts";

export const currencies = ["CNY", "USD", "EUR"] as const;
export const currency = z.enum(currencies);
export type Currency = z.infer<typeof currency>;

/** Spend of one day, provider and model; amounts in millionths of the currency, so that sums stay exact. */
export const spendRow = z.strictObject({
  /** Local calendar day, YYYY-MM-DD. */
  day: z.string(),
  provider: z.string(),
  model: z.string(),
  tier,
  requests: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  micros: z.number().int(),
  currency,
  /** True when any of it was counted by us. */
  estimated: z.boolean(),
});
export type SpendRow = z.infer<typeof spendRow>;

export const budget = z.strictObject({
  /** Per calendar month, in `currency`; null: no limit. */
  warnAt: z.number().nonnegative().nullable(),
  stopAt: z.number().nonnegative().nullable(),
  currency,
});
export type Budget = z.infer<typeof budget>;

export const spendReport = z.strictObject({
  month: z.string(),
  rows: z.array(spendRow),
  totals: z.array(z.strictObject({ currency, micros: z.number().int(), forecastMicros: z.number().int() })),
  budget,
  state: z.enum(["none", "below", "warning", "stopped"]),
});
export type SpendReport = z.infer<typeof spendReport>;

/** One row of the expected-use calculator: queries a day × tokens × price → month. */
export const expectedUse = z.strictObject({
  queriesPerDay: z.number().nonnegative().max(1_000_000),
  inputTokens: z.number().nonnegative().max(10_000_000),
  outputTokens: z.number().nonnegative().max(1_000_000),
  daysPerMonth: z.number().min(1).max(31),
});
export type ExpectedUse = z.infer<typeof expectedUse>;

export const forecastRow = z.strictObject({
  tier,
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** Null where no price is known. */
  monthly: z.strictObject({ amount: z.number(), currency }).nullable(),
  priceAsOf: z.string().nullable(),
});
export type ForecastRow = z.infer<typeof forecastRow>;
