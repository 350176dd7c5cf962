import type { LedgerRow } from "../../../core/contract/ledger.ts";
import type { Session } from "../session.ts";

export interface LedgerOptions {
  readonly limit?: number;
  readonly payload?: number;
  /** One call, or every one. */
  readonly forget?: number | "all";
}

const pageLength = 500;

/**
 * `qwill ledger`: every call that left or was refused, newest first; `--payload ID` the bytes of one, `--forget ID`
 * forgets them, and its row stays with their hash.
 */
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
      const text = bytes && new TextDecoder().decode(bytes);
      output.result({ id: options.payload, text }, () => text ?? "What this call sent was forgotten.");
      return 0;
    }
    if (options.forget !== undefined) {
      const forgotten =
        options.forget === "all"
          ? await store.request(
              "ledger.forget-before",
              { before: Number.MAX_SAFE_INTEGER, now: Date.now() },
              signal,
            )
          : await store.request("ledger.forget", { id: options.forget, now: Date.now() }, signal);
      output.result({ forgotten }, () =>
        forgotten === 1
          ? "1 call: what it sent is forgotten."
          : `${forgotten} calls: what they sent is forgotten.`,
      );
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
