import type { Budget, BudgetState, Currency, SpendReport, SpendRow } from "../contract/costs.ts";
import { AppError } from "../contract/errors.ts";
import { monthOf } from "./cost-booking.ts";

export interface BudgetReading {
  readonly state: BudgetState;
  /** Millionths of the budget's currency. */
  readonly spentMicros: number;
  /** Currencies with spend that no rate is stated for. */
  readonly notCounted: Currency[];
}

/** A currency and its millionths. */
export interface Amount {
  readonly currency: Currency;
  readonly micros: number;
}

/** A call that is about to be made: who is paid, and what it costs at its dearest (null: no price is known). */
export interface CallToPay {
  readonly provider: string;
  readonly model: string;
  readonly dearest: Amount | null;
}

/** Where this month's totals (millionths by currency) stand in the budget. */
export function budgetState(totals: ReadonlyMap<Currency, number>, budget: Budget): BudgetReading {
  const isSet = budget.warnAt !== null || budget.stopAt !== null;
  const { spentMicros, unknown } = countIn(totals, budget);
  return { state: stateAt(spentMicros, budget), spentMicros, notCounted: isSet ? unknown : [] };
}

/** Totals in the budget's currency by the stated rates, rounded up, and the currencies that have none. */
function countIn(totals: ReadonlyMap<Currency, number>, budget: Budget) {
  let spentMicros = 0;
  const unknown: Currency[] = [];
  for (const [currency, micros] of totals) {
    const rate = rateOf(currency, budget);
    if (rate !== null) spentMicros += Math.ceil(micros * rate);
    else if (micros > 0) unknown.push(currency);
  }
  return { spentMicros, unknown };
}

/** Units of the budget's currency for one of another; null where none is stated. */
function rateOf(currency: Currency, budget: Budget): number | null {
  if (currency === budget.currency) return 1;
  return budget.rates.find((stated) => stated.currency === currency)?.rate ?? null;
}

function stateAt(micros: number, budget: Budget): BudgetState {
  if (budget.warnAt === null && budget.stopAt === null) return "none";
  if (budget.stopAt !== null && micros >= toMicros(budget.stopAt)) return "stopped";
  if (budget.warnAt !== null && micros >= toMicros(budget.warnAt)) return "warning";
  return "below";
}

/**
 * Asked before a call is sent. Under a stop it throws budget-exceeded when the month has reached it or this call at
 * its dearest would pass it, price-unknown for a call without a price, and rate-unknown where the call or the month's
 * spend is in a currency that no rate is stated for.
 */
export function refuseOverBudget(
  totals: ReadonlyMap<Currency, number>,
  budget: Budget,
  { dearest, provider, model }: CallToPay,
): void {
  if (budget.stopAt === null) return;
  if (dearest === null) throw new AppError("price-unknown", { facts: { provider, model } });
  // A model on the device, or a price of nothing, cannot pass a budget.
  if (dearest.micros === 0) return;
  const rate = rateOf(dearest.currency, budget);
  const { spentMicros, unknown } = countIn(totals, budget);
  const unrated = rate === null ? dearest.currency : unknown[0];
  if (rate === null || unrated !== undefined)
    throw new AppError("rate-unknown", { facts: { currency: unrated ?? "", budget: budget.currency } });
  const stop = toMicros(budget.stopAt);
  if (spentMicros < stop && spentMicros + Math.ceil(dearest.micros * rate) <= stop) return;
  throw new AppError("budget-exceeded", {
    facts: { spent: spentMicros / 1e6, limit: budget.stopAt, currency: budget.currency },
  });
}

/** The month's report: rows as summed by the store, totals with a forecast, and where the budget stands. */
export function makeSpendReport(rows: readonly SpendRow[], budget: Budget, today: string): SpendReport {
  const totals = new Map<Currency, number>();
  for (const { currency, micros } of rows) totals.set(currency, (totals.get(currency) ?? 0) + micros);
  const reading = budgetState(totals, budget);
  return {
    month: monthOf(today).month,
    rows: [...rows],
    totals: [...totals].map(([currency, micros]) => ({
      currency,
      micros,
      forecastMicros: forecastMonthEnd(micros, today),
    })),
    budget,
    ...reading,
  };
}

/** What a month comes to if its other days are like those until `today` (which counts as a whole one). */
export function forecastMonthEnd(micros: number, today: string): number {
  const [year = 0, month = 0, day = 1] = today.split("-").map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Math.round((micros * days) / day);
}

const toMicros = (amount: number): number => Math.round(amount * 1_000_000);
