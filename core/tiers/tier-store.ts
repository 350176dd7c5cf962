import type { LedgerWriter } from "../safety/gate/gate.ts";
import type { WriteDb } from "../store/handle.ts";
import { askLocally } from "./local-requests.ts";
import { storeRequests, type StoreRequests } from "./store-requests.ts";

/** The encrypted store as providers, costs and the ledger need it, in this process or in the library's. */
export interface TierStore {
  request<Name extends keyof StoreRequests>(
    name: Name,
    input: Parameters<StoreRequests[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<StoreRequests[Name]>>>;
}

/** Over a database of this process. */
export function makeLocalTierStore(db: WriteDb): TierStore {
  return { request: askLocally(storeRequests(() => db)) };
}

/** Where the ends of rows are posted, to be written as soon as the library can take them. */
interface EndPosts {
  post<Name extends "ledger.end" | "ledger.interrupt">(
    name: Name,
    input: Parameters<StoreRequests[Name]>[0],
  ): Promise<void>;
}

/**
 * The gate's rows in the store. A row is there before anything leaves; its end goes through the outbox, so that
 * no answer waits for it. Rows that a run before this one left open are closed as interrupted.
 */
export function ledgerIn(store: TierStore, outbox: EndPosts, startedAt: number): LedgerWriter {
  void outbox.post("ledger.interrupt", { before: startedAt });
  return {
    begin: (start) => store.request("ledger.begin", start, always),
    end: async (id, end) => void outbox.post("ledger.end", { id, end }),
  };
}

/** For what is written down even when the person cancelled the call that it is about. */
export const always: AbortSignal = new AbortController().signal;
