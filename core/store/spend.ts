import type { Booking, SpendRow } from "../contract/costs.ts";
import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** Writes a booking; one that is there already stays as it is. */
export function insertSpend(db: WriteDb, spend: Booking): void {
  const insert = writing(
    db,
    `INSERT INTO spend (entry, request_id, time, day, provider, model, tier, input_tokens, output_tokens, micros, currency, estimated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry) DO NOTHING`,
  );
  const { entry, requestId, time, day, provider, model, tier, inputTokens, outputTokens } = spend;
  const values = [entry, requestId, time, day, provider, model, tier, inputTokens, outputTokens];
  inReservedTransaction(db, () =>
    insert.run(...values, spend.micros, spend.currency, spend.estimated ? 1 : 0),
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
