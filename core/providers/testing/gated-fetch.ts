import type { LedgerEnd, LedgerStart } from "../../safety/gate/gate.ts";
import { makeGate } from "../../safety/gate/gate.ts";
import { makeTransport, type Certificates } from "../../safety/gate/transport.ts";
import type { RetryClock } from "../wire/retry.ts";
import type { WireFetch } from "../wire/wire-fetch.ts";

export interface GatedFetch {
  readonly fetch: WireFetch;
  /** What the ledger would hold, oldest first. */
  readonly rows: readonly (LedgerStart & { readonly end?: LedgerEnd })[];
  close(): Promise<void>;
}

/** The real gate and the real transport over a ledger in memory: what adapters meet in the application. */
export function makeGatedFetch(
  options: { readonly certificates?: Certificates; readonly timeout?: number } = {},
): GatedFetch {
  const timeout = options.timeout ?? 20_000;
  const carrier = makeTransport({
    certificatesFor: () => options.certificates ?? {},
    firstByteTimeout: timeout,
    idleTimeout: timeout,
  });
  const rows: (LedgerStart & { end?: LedgerEnd })[] = [];
  const gate = makeGate({
    transport: carrier.transport,
    ledger: {
      begin: async (start) => rows.push({ ...start }),
      end: async (id, end) => {
        const row = rows[id - 1];
        if (row !== undefined) row.end = end;
      },
    },
    allows: () => true,
    // What may leave is the envelope's matter; here it is how bytes travel.
    seals: { has: () => true },
    now: Date.now,
  });
  return {
    fetch: gate({ requestId: "r1", purpose: "suggest", tier: "private" }),
    rows,
    close: () => carrier.close(),
  };
}

/** A clock that never waits and keeps what it was asked to. */
export function makeTestClock(): RetryClock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  return {
    waits,
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
    },
  };
}
