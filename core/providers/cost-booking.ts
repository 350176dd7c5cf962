import type { Booking, Currency, PriceRow } from "../contract/costs.ts";
import type { Usage } from "../contract/suggest.ts";
import type { Tier } from "../contract/tiers.ts";
import { costOf } from "./cost.ts";

export interface CallToBook {
  readonly requestId: string;
  /** Unix milliseconds. */
  readonly time: number;
  readonly provider: string;
  readonly model: string;
  readonly tier: Tier;
  readonly usage: Usage;
  /** True when reasoning came, even if the server did not count it. */
  readonly hasThought?: boolean;
}

/**
 * What to write down for a call: its price at the time. Without a price it is booked with no amount
 * under `unpriced`, so that its tokens still count.
 */
export function bookingOf(
  call: CallToBook,
  price: PriceRow | null,
  unpriced: Currency,
): Omit<Booking, "entry"> {
  const { usage, hasThought } = call;
  return {
    requestId: call.requestId,
    time: call.time,
    day: localDay(call.time),
    provider: call.provider,
    model: call.model,
    tier: call.tier,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    micros: price === null ? 0 : costOf(usage, price, hasThought || usage.reasoningTokens > 0),
    currency: price?.currency ?? unpriced,
    estimated: usage.estimated,
  };
}

/** The local calendar day (YYYY-MM-DD) of a moment. */
export function localDay(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** First day of the month that `day` is in, and of the month after: the range that a month's sums take. */
export function monthOf(day: string): { readonly month: string; readonly from: string; readonly to: string } {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
  return { month: day.slice(0, 7), from: `${day.slice(0, 7)}-01`, to: `${next}-01` };
}
