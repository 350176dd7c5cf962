import { randomUUID } from "node:crypto";
import { AppError } from "../contract/errors.ts";
import type { Booking, Budget, Currency, PriceRow, SpendReport } from "../contract/costs.ts";
import type { Cost } from "../contract/suggest.ts";
import { bookingOf, localDay, monthOf, type CallToBook } from "../providers/cost-booking.ts";
import { makeSpendReport, refuseOverBudget, type Amount, type CallToPay } from "../providers/cost-budget.ts";
import { toCost } from "../providers/cost.ts";
import type { Outbox } from "./outbox.ts";
import type { TierStore } from "./tier-store.ts";

/** What was spent, and whether more may be. */
export interface Spending {
  /**
   * Asked before a call is sent. Rejects as `refuseOverBudget` does, and with settings-unreadable while the stored
   * budget cannot be read; else the call's dearest counts as spent until the returned function is called.
   */
  reserve(call: CallToPay, signal: AbortSignal): Promise<() => void>;
  /** Writes a call down at its price; null where it has none. It counts from now on, written or not. */
  book(call: CallToBook, price: PriceRow | null): Cost | null;
  /** Writes a fine-tuning job down, priced by its quote. */
  bookTuning(job: Omit<Booking, "entry">): void;
  /** Of a month (YYYY-MM), else of this one. */
  report(month: string | undefined, signal: AbortSignal): Promise<SpendReport>;
}

export interface SpendingOptions {
  readonly store: TierStore;
  readonly outbox: Outbox;
  readonly budget: () => Budget;
  /** The setting that the budget rests on and that cannot be read; null: all is well. */
  readonly unreadable: () => string | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export function makeSpending(options: SpendingOptions): Spending {
  const { store, outbox, budget, now } = options;
  /** Calls under way, each at its dearest, and bookings that the library does not have yet. */
  const pending = new Set<Amount>();
  /** Sums being read: a booking that is written meanwhile may not be in them, and goes on counting. */
  let reading = 0;
  const written: Amount[] = [];

  function dropWritten(): void {
    if (reading === 0) for (const amount of written.splice(0)) pending.delete(amount);
  }

  async function report(month: string | undefined, signal: AbortSignal): Promise<SpendReport> {
    // What was booked before is in the sums, unless the library cannot take it now: a full disk can still be read.
    await outbox.tried();
    signal.throwIfAborted();
    const today = localDay(now());
    const isPast = month !== undefined && month < today.slice(0, 7);
    const day = month === undefined || month === today.slice(0, 7) ? today : `${month}-01`;
    const { from, to } = monthOf(day);
    const rows = await store.request("tiers.sum-spend", { from, to }, signal);
    // A month that is over ended on its last day: nothing is left to forecast.
    return makeSpendReport(rows, budget(), isPast ? lastDayOf(day) : day);
  }

  function write(call: Omit<Booking, "entry">): void {
    const booking = { ...call, entry: randomUUID() };
    const unwritten = { currency: booking.currency, micros: booking.micros };
    pending.add(unwritten);
    void outbox.post("tiers.add-spend", booking).then(() => {
      written.push(unwritten);
      dropWritten();
    });
  }

  return {
    reserve: async (call, signal) => {
      const { dearest } = call;
      if (dearest?.micros === 0) return () => undefined;
      const unreadable = options.unreadable();
      if (unreadable !== null) throw new AppError("settings-unreadable", { facts: { key: unreadable } });
      if (budget().stopAt === null && dearest === null) return () => undefined;
      reading += 1;
      try {
        const { totals } = await report(undefined, signal);
        const spent = new Map<Currency, number>(totals.map(({ currency, micros }) => [currency, micros]));
        for (const { currency, micros } of pending) spent.set(currency, (spent.get(currency) ?? 0) + micros);
        refuseOverBudget(spent, budget(), call);
      } finally {
        reading -= 1;
        dropWritten();
      }
      const held = { currency: dearest?.currency ?? budget().currency, micros: dearest?.micros ?? 0 };
      pending.add(held);
      return () => void pending.delete(held);
    },
    book: (call, price) => {
      const booking = bookingOf(call, price, budget().currency);
      write(booking);
      return price === null ? null : toCost(booking.micros, booking.currency, booking.estimated);
    },
    bookTuning: write,
    report,
  };
}

function lastDayOf(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return `${day.slice(0, 7)}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}
