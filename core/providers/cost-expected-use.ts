import type { Currency, ExpectedUse, ForecastRow, PriceRow } from "../contract/costs.ts";
import type { Reach, Tier } from "../contract/tiers.ts";
import { costOf } from "./cost.ts";

/** Queries a day × tokens a query × price → what a month costs, in the price's currency. */
export function forecastMonth(
  use: ExpectedUse,
  price: PriceRow,
  thinks = false,
): { readonly amount: number; readonly currency: Currency } {
  const each = costOf(
    { inputTokens: Math.round(use.inputTokens), outputTokens: Math.round(use.outputTokens) },
    price,
    thinks,
  );
  const micros = Math.round(each * use.queriesPerDay * use.daysPerMonth);
  return { amount: micros / 1_000_000, currency: price.currency };
}

/** A tier as the calculator compares it. */
export interface TierToCompare {
  readonly tier: Tier;
  readonly reach: Reach;
  readonly provider: string | null;
  readonly model: string | null;
  readonly thinks: boolean;
  readonly price: PriceRow | null;
}

/** The tiers side by side; the device costs nothing, a tier without a known price has no figure. */
export function compareTiers(
  use: ExpectedUse,
  tiers: readonly TierToCompare[],
  currency: Currency,
): ForecastRow[] {
  return tiers.map(({ tier, reach, provider, model, thinks, price }) => ({
    tier,
    provider,
    model,
    monthly: reach === "device" ? { amount: 0, currency } : price && forecastMonth(use, price, thinks),
    priceAsOf: reach === "device" ? null : (price?.asOf ?? null),
  }));
}
