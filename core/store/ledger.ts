import { createHash } from "node:crypto";
import type { LedgerRow } from "../contract/ledger.ts";
import { inReservedTransaction } from "./ballast.ts";
import { inTransaction, reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

const columns = `id, request_id AS requestId, time, origin, method, path, purpose, tier,
  bytes_sent AS bytesSent, bytes_received AS bytesReceived, outcome, status, milliseconds,
  lower(hex(p.hash)) AS payloadHash, p.forgotten_at AS forgottenAt`;

export type NewLedgerRow = Pick<
  LedgerRow,
  "requestId" | "time" | "origin" | "method" | "path" | "purpose" | "tier" | "bytesSent"
> & { readonly payload: Uint8Array };

/** Writes the row of a call that is about to leave; durable when it returns (synchronous=FULL). */
export function beginLedgerRow(db: WriteDb, row: NewLedgerRow): number {
  return inTransaction(db, () => {
    const done = writing(
      db,
      `INSERT INTO ledger (request_id, time, origin, method, path, purpose, tier, bytes_sent)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(row.requestId, row.time, row.origin, row.method, row.path, row.purpose, row.tier, row.bytesSent);
    const id = Number(done.lastInsertRowid);
    writing(db, "INSERT INTO ledger_payloads (ledger_id, hash, bytes) VALUES (?, ?, ?)").run(
      id,
      createHash("sha256").update(row.payload).digest(),
      row.payload,
    );
    return id;
  });
}

/** Closes what a run that crashed left open: whether its answer was whole, nobody knows. */
export function interruptLedgerRows(db: WriteDb, before: number): void {
  const interrupt = writing(
    db,
    "UPDATE ledger SET outcome = 'interrupted' WHERE outcome = 'open' AND time < ?",
  );
  inReservedTransaction(db, () => interrupt.run(before));
}

/** Ends a row, once: a row that has ended stays as it is. */
export function endLedgerRow(
  db: WriteDb,
  id: number,
  end: Pick<LedgerRow, "bytesReceived" | "outcome" | "status" | "milliseconds">,
): void {
  const { bytesReceived, outcome, status, milliseconds } = end;
  const update = writing(
    db,
    `UPDATE ledger SET bytes_received = ?, outcome = ?, status = ?, milliseconds = ?,
       bytes_sent = CASE WHEN ? = 'refused' THEN 0 ELSE bytes_sent END
     WHERE id = ? AND outcome IN ('open', 'interrupted')`,
  );
  inReservedTransaction(db, () => update.run(bytesReceived, outcome, status, milliseconds, outcome, id));
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
    `SELECT ${columns} FROM ledger JOIN ledger_payloads p ON p.ledger_id = id
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

/** The exact bytes of a call's body; null where they were forgotten, undefined for an unknown row. */
export function ledgerPayload(db: ReadDb, id: number): Uint8Array | null | undefined {
  const row = reading<{ bytes: Uint8Array; isForgotten: number }>(
    db,
    "SELECT bytes, forgotten_at IS NOT NULL AS isForgotten FROM ledger_payloads WHERE ledger_id = ?",
  ).get(id);
  return row?.isForgotten === 1 ? null : row?.bytes;
}

const forget = "UPDATE ledger_payloads SET bytes = x'', forgotten_at = ?";
const isKept = "forgotten_at IS NULL AND length(bytes) > 0";

/** Forgets what one call sent: its bytes go, its row and their SHA-256 stay. How many there were: 0 or 1. */
export function forgetPayload(db: WriteDb, id: number, now: number): number {
  const one = writing(db, `${forget} WHERE ledger_id = ? AND ${isKept}`);
  return inReservedTransaction(db, () => one.run(now, id).changes);
}

/** The same for calls from before `before` (Unix milliseconds), the oldest first and at most `most`. */
export function forgetPayloadsBefore(db: WriteDb, before: number, now: number, most: number): number {
  const oldest = writing(
    db,
    `${forget} WHERE ledger_id IN (SELECT ledger_id FROM ledger_payloads JOIN ledger ON id = ledger_id
       WHERE time < ? AND ${isKept} ORDER BY ledger_id LIMIT ?)`,
  );
  return inReservedTransaction(db, () => oldest.run(now, before, most).changes);
}
