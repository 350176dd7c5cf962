import type { Budget, Currency, SpendReport } from "../contract/costs.ts";
import type { Cost } from "../contract/suggest.ts";
import type { PriceRow } from "../contract/costs.ts";
import { bookingOf, localDay, monthOf, type CallToBook } from "../providers/cost-booking.ts";
import { makeSpendReport, refuseOverBudget, type Amount } from "../providers/cost-budget.ts";
import { toCost } from "../providers/cost.ts";
import { always, type TierStore } from "./tier-store.ts";

/** What was spent, and whether more may be. */
export interface Spending {
  /**
   * Asked before a call is sent, with what it costs at its dearest (null: no price is known). Throws
   * budget-exceeded; else the amount counts as spent until the returned function is called.
   */
  reserve(dearest: Amount | null, signal: AbortSignal): Promise<() => void>;
  /** Writes a call down at its price; null where it has none. */
  book(call: CallToBook, price: PriceRow | null): Promise<Cost | null>;
  /** Of a month (YYYY-MM), else of this one. */
  report(month: string | undefined, signal: AbortSignal): Promise<SpendReport>;
}

export interface SpendingOptions {
  readonly store: TierStore;
  readonly budget: () => Budget;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export function makeSpending({ store, budget, now }: SpendingOptions): Spending {
  /** Calls under way, each at its dearest. */
  const reserved = new Set<Amount>();

  async function report(month: string | undefined, signal: AbortSignal): Promise<SpendReport> {
    const today = localDay(now());
    const isPast = month !== undefined && month < today.slice(0, 7);
    const day = month === undefined || month === today.slice(0, 7) ? today : `${month}-01`;
    const { from, to } = monthOf(day);
    const rows = await store.request("tiers.sum-spend", { from, to }, signal);
    // A month that is over ended on its last day: nothing is left to forecast.
    return makeSpendReport(rows, budget(), isPast ? lastDayOf(day) : day);
  }

  return {
    reserve: async (dearest, signal) => {
      if (dearest === null) return () => undefined;
      const { totals } = await report(undefined, signal);
      const spent = new Map<Currency, number>(totals.map(({ currency, micros }) => [currency, micros]));
      for (const { currency, micros } of reserved) spent.set(currency, (spent.get(currency) ?? 0) + micros);
      refuseOverBudget(spent, budget(), dearest);
      reserved.add(dearest);
      return () => reserved.delete(dearest);
    },
    book: async (call, price) => {
      const booking = bookingOf(call, price, budget().currency);
      await store.request("tiers.add-spend", booking, always);
      return price === null ? null : toCost(booking.micros, booking.currency, booking.estimated);
    },
    report,
  };
}

function lastDayOf(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return `${day.slice(0, 7)}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}
