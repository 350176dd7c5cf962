import { AppError } from "../../../core/contract/errors.ts";
import type { LedgerRow } from "../../../core/contract/ledger.ts";
import type { Session } from "../session.ts";

export interface LedgerOptions {
  readonly limit?: number;
  readonly payload?: number;
}

const pageLength = 500;

/** `qwill ledger`: every call that left or was refused, newest first; `--payload ID` the bytes of one. */
export async function ledgerCommand(
  session: Session,
  _args: string[],
  options: LedgerOptions,
): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ store }) => {
    const { signal, output } = session;
    if (options.payload !== undefined) {
      const bytes = await store.request("ledger.bytes", { id: options.payload }, signal);
      if (bytes === null) throw new AppError("not-found", { facts: { row: options.payload } });
      const text = new TextDecoder().decode(bytes);
      output.result({ id: options.payload, text }, () => text);
      return 0;
    }
    const most = options.limit ?? Number.POSITIVE_INFINITY;
    for (let offset = 0; offset < most; offset += pageLength) {
      const limit = Math.min(pageLength, most - offset);
      const { rows } = await store.request("ledger.rows", { offset, limit }, signal);
      for (const row of rows) output.result(row, () => wordsOf(row));
      if (rows.length < limit) return 0;
    }
    return 0;
  });
}

function wordsOf(row: LedgerRow): string {
  const when = new Date(row.time).toISOString().replace("T", " ").slice(0, 19);
  return `${String(row.id).padStart(5)}  ${when}  ${row.origin}${row.path}  ${row.purpose}  ${row.tier ?? "-"}  ${row.bytesSent} B out  ${row.bytesReceived} B in  ${row.outcome}`;
}
