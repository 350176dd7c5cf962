import type { LedgerRow } from "../contract/ledger.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

const columns = `id, request_id AS requestId, time, origin, method, path, purpose, tier,
  bytes_sent AS bytesSent, bytes_received AS bytesReceived, outcome, status, milliseconds`;

export type NewLedgerRow = Pick<
  LedgerRow,
  "requestId" | "time" | "origin" | "method" | "path" | "purpose" | "tier" | "bytesSent"
> & { readonly payload: Uint8Array };

/** Writes the row of a call that is about to leave; durable when it returns (synchronous=FULL). */
export function beginLedgerRow(db: WriteDb, row: NewLedgerRow): number {
  const done = writing(
    db,
    `INSERT INTO ledger (request_id, time, origin, method, path, purpose, tier, bytes_sent, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.requestId,
    row.time,
    row.origin,
    row.method,
    row.path,
    row.purpose,
    row.tier,
    row.bytesSent,
    row.payload,
  );
  return Number(done.lastInsertRowid);
}

/** Closes what a run that crashed left open: whether its answer was whole, nobody knows. */
export function interruptLedgerRows(db: WriteDb, before: number): void {
  writing(db, "UPDATE ledger SET outcome = 'interrupted' WHERE outcome = 'open' AND time < ?").run(before);
}

/** Ends a row, once: a row that has ended stays as it is. */
export function endLedgerRow(
  db: WriteDb,
  id: number,
  end: Pick<LedgerRow, "bytesReceived" | "outcome" | "status" | "milliseconds">,
): void {
  writing(
    db,
    `UPDATE ledger SET bytes_received = ?, outcome = ?, status = ?, milliseconds = ?,
       bytes_sent = CASE WHEN ? = 'refused' THEN 0 ELSE bytes_sent END
     WHERE id = ? AND outcome IN ('open', 'interrupted')`,
  ).run(end.bytesReceived, end.outcome, end.status, end.milliseconds, end.outcome, id);
}

export interface LedgerFilter {
  readonly from?: number;
  readonly to?: number;
  readonly requestId?: string;
}

/** Rows newest first. */
export function listLedgerRows(db: ReadDb, filter: LedgerFilter, offset: number, limit: number): LedgerRow[] {
  return reading<LedgerRow>(
    db,
    `SELECT ${columns} FROM ledger
     WHERE time >= ? AND time < ? AND (? IS NULL OR request_id = ?) ORDER BY id DESC LIMIT ? OFFSET ?`,
  ).all(
    filter.from ?? 0,
    filter.to ?? Number.MAX_SAFE_INTEGER,
    filter.requestId ?? null,
    filter.requestId ?? null,
    limit,
    offset,
  );
}

export function countLedgerRows(db: ReadDb): number {
  return reading<{ count: number }>(db, "SELECT count(*) AS count FROM ledger").get()?.count ?? 0;
}

/** The exact bytes of a call's body; null for an unknown row. */
export function ledgerPayload(db: ReadDb, id: number): Uint8Array | null {
  return (
    reading<{ payload: Uint8Array }>(db, "SELECT payload FROM ledger WHERE id = ?").get(id)?.payload ?? null
  );
}
