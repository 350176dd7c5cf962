import { z } from "zod";
import { vendor } from "./providers.ts";
import { tier, type Tier } from "./tiers.ts";

export const currencies = ["CNY", "USD", "EUR"] as const;
export const currency = z.enum(currencies);
export type Currency = z.infer<typeof currency>;

/** Prices for requests up to a length, in whole units of the currency per million tokens. */
export const priceStep = z.strictObject({
  /** The longest input (tokens) that has these prices; null: any longer one. */
  upTo: z.number().int().positive().nullable(),
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Price of the whole output once the model thought; absent: the same. */
  thinkingOutput: z.number().nonnegative().optional(),
  /** Input that the provider had cached; absent: the same as other input. */
  cachedInput: z.number().nonnegative().optional(),
});
export type PriceStep = z.infer<typeof priceStep>;

/** The price of one model at one kind of place for a stretch of time; an estimate of the bill, never the bill. */
export const priceRow = z.strictObject({
  vendor,
  /** Where inference runs, as core/providers/prices.ts names it; "any" where the price does not depend on it. */
  scope: z.string(),
  model: z.string(),
  currency,
  /** First and last day (UTC, YYYY-MM-DD) it holds; null: no end known on that side. */
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  /** The day the figure was read, and where. */
  asOf: z.iso.date(),
  source: z.string(),
  /** By rising length; a request takes one step whole, by the length of its input. */
  steps: z.array(priceStep).min(1),
});
export type PriceRow = z.infer<typeof priceRow>;

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

/** What a person says a currency is worth, in the budget's; nothing is looked up. */
export const exchangeRate = z.strictObject({
  currency,
  /** Units of the budget's currency for one unit. */
  rate: z.number().positive().max(1_000_000),
  /** The day it was stated. */
  asOf: z.iso.date(),
});
export type ExchangeRate = z.infer<typeof exchangeRate>;

/** Whole units of a currency per million tokens. */
const perMillion = z.number().nonnegative().max(1_000_000);

/** A person's own price for what a provider is set up to use, per million tokens; put before the shipped one. */
export const ownPrice = z.strictObject({
  provider: z.string(),
  model: z.string(),
  currency,
  input: perMillion,
  output: perMillion,
  asOf: z.iso.date(),
});
export type OwnPrice = z.infer<typeof ownPrice>;

export const priceChange = z.strictObject({
  provider: z.string(),
  price: z.nullable(z.strictObject({ currency, input: perMillion, output: perMillion })),
});
export type PriceChange = z.infer<typeof priceChange>;

/** What a provider's model is counted at. */
export const providerPrice = z.strictObject({
  provider: z.string(),
  model: z.string(),
  /** Whose figure it is; "none": no price is known; "own-server": none is asked. */
  from: z.enum(["person", "shipped", "none", "own-server"]),
  /** Of the shortest requests, in whole units per million tokens. */
  price: z.nullable(z.strictObject({ currency, input: perMillion, output: perMillion, asOf: z.iso.date() })),
});
export type ProviderPrice = z.infer<typeof providerPrice>;

export const budget = z.strictObject({
  /** Per calendar month, in `currency`; null: no limit. */
  warnAt: z.number().nonnegative().nullable(),
  stopAt: z.number().nonnegative().nullable(),
  currency,
  /** For spend in other currencies; without its rate a stop lets nothing in that currency through. */
  rates: z.array(exchangeRate).max(currencies.length).default([]),
});
export type Budget = z.infer<typeof budget>;

export const budgetStates = ["none", "below", "warning", "stopped"] as const;
export const budgetState = z.enum(budgetStates);
export type BudgetState = z.infer<typeof budgetState>;

export const spendReport = z.strictObject({
  month: z.string(),
  rows: z.array(spendRow),
  totals: z.array(z.strictObject({ currency, micros: z.number().int(), forecastMicros: z.number().int() })),
  budget,
  state: budgetState,
  /** What the month comes to in the budget's currency, in millionths, by the rates that are stated. */
  spentMicros: z.number().int(),
  /** Currencies with spend that the budget cannot count, since no rate is stated. */
  notCounted: z.array(currency).default([]),
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

/** One call as it is booked; the row of the spend table. */
export interface Booking {
  /** Names the booking: written twice, it counts once. */
  readonly entry: string;
  readonly requestId: string;
  /** Unix milliseconds, and the local calendar day it falls on (YYYY-MM-DD). */
  readonly time: number;
  readonly day: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: Tier;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of the currency. */
  readonly micros: number;
  readonly currency: Currency;
  readonly estimated: boolean;
}
