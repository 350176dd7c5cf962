import type { Booking, SpendRow } from "../contract/costs.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** Writes a booking; one that is there already stays as it is. */
export function insertSpend(db: WriteDb, spend: Booking): void {
  writing(
    db,
    `INSERT INTO spend (entry, request_id, time, day, provider, model, tier, input_tokens, output_tokens, micros, currency, estimated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry) DO NOTHING`,
  ).run(
    spend.entry,
    spend.requestId,
    spend.time,
    spend.day,
    spend.provider,
    spend.model,
    spend.tier,
    spend.inputTokens,
    spend.outputTokens,
    spend.micros,
    spend.currency,
    spend.estimated ? 1 : 0,
  );
}

/** Sums by day, provider, model and tier, for days from `from` (included) to `to` (excluded). */
export function sumSpend(db: ReadDb, from: string, to: string): SpendRow[] {
  return reading<Omit<SpendRow, "estimated"> & { estimated: number }>(
    db,
    `SELECT day, provider, model, tier, count(*) AS requests, sum(input_tokens) AS inputTokens,
       sum(output_tokens) AS outputTokens, sum(micros) AS micros, currency, max(estimated) AS estimated
     FROM spend WHERE day >= ? AND day < ? GROUP BY day, provider, model, tier, currency
     ORDER BY day, provider, model, tier, currency`,
  )
    .all(from, to)
    .map((row) => ({ ...row, estimated: row.estimated === 1 }));
}
