import type { LedgerPurpose, LedgerRow } from "../../../core/contract/ledger.ts";

export interface LedgerFilter {
  /** Part of a host or path. */
  readonly text: string;
  readonly purpose: LedgerPurpose | null;
  readonly outcome: LedgerRow["outcome"] | null;
}

/** The rows a filter lets through, in their order. */
export function filterLedger(rows: readonly LedgerRow[], filter: LedgerFilter): LedgerRow[] {
  const text = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (filter.purpose === null || row.purpose === filter.purpose) &&
      (filter.outcome === null || row.outcome === filter.outcome) &&
      `${row.origin}${row.path}`.toLowerCase().includes(text),
  );
}

/** Bytes of all rows, sent and received. */
export function ledgerTotals(rows: readonly LedgerRow[]): { sent: number; received: number } {
  return {
    sent: rows.reduce((sum, row) => sum + row.bytesSent, 0),
    received: rows.reduce((sum, row) => sum + row.bytesReceived, 0),
  };
}

/** One JSON object a line, as the command line prints them; times as ISO 8601. Payloads stay here. */
export function ledgerLines(rows: readonly LedgerRow[]): string {
  return rows
    .map((row) => `${JSON.stringify({ ...row, time: new Date(row.time).toISOString() })}\n`)
    .join("");
}
