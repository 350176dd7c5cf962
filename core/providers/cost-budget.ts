import type { Budget, BudgetState, Currency, SpendReport, SpendRow } from "../contract/costs.ts";
import { AppError } from "../contract/errors.ts";
import { monthOf } from "./cost-booking.ts";

export interface BudgetReading {
  readonly state: BudgetState;
  /** Currencies with spend that the budget does not count: nothing is converted. */
  readonly notCounted: Currency[];
}

/** A currency and its millionths. */
export interface Amount {
  readonly currency: Currency;
  readonly micros: number;
}

/** Where this month's totals (millionths by currency) stand in the budget, which counts its own currency only. */
export function budgetState(totals: ReadonlyMap<Currency, number>, budget: Budget): BudgetReading {
  const isSet = budget.warnAt !== null || budget.stopAt !== null;
  const notCounted = isSet
    ? [...totals].flatMap(([currency, micros]) =>
        currency !== budget.currency && micros > 0 ? [currency] : [],
      )
    : [];
  return { state: stateAt(totals.get(budget.currency) ?? 0, budget), notCounted };
}

function stateAt(micros: number, budget: Budget): BudgetState {
  if (budget.warnAt === null && budget.stopAt === null) return "none";
  if (budget.stopAt !== null && micros >= toMicros(budget.stopAt)) return "stopped";
  if (budget.warnAt !== null && micros >= toMicros(budget.warnAt)) return "warning";
  return "below";
}

/**
 * Asked before a call is sent. Throws budget-exceeded when the month has reached its stop, or when this
 * call at its dearest would pass it; a call in another currency, or without a price, is let through.
 */
export function refuseOverBudget(
  totals: ReadonlyMap<Currency, number>,
  budget: Budget,
  dearest: Amount | null,
): void {
  if (budget.stopAt === null || dearest === null || dearest.currency !== budget.currency) return;
  // A model on the device, or a price of nothing, cannot pass a budget.
  if (dearest.micros === 0) return;
  const spent = totals.get(budget.currency) ?? 0;
  const stop = toMicros(budget.stopAt);
  if (spent < stop && spent + dearest.micros <= stop) return;
  throw new AppError("budget-exceeded", {
    facts: { spent: spent / 1e6, limit: budget.stopAt, currency: budget.currency },
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
