import { AppError } from "../contract/errors.ts";
import type { RetryClock } from "../providers/wire/retry.ts";
import type { StoreRequests } from "./store-requests.ts";
import { always, type TierStore } from "./tier-store.ts";

/** What is written down, or forgotten, about calls after they left; each may be asked for twice without harm. */
type OutboxName = "ledger.end" | "ledger.interrupt" | "ledger.forget-before" | "tiers.add-spend";

/**
 * Writes to the library that no answer waits for, in the order they were posted. While the library is away (its
 * process restarts, its disk is full) they wait in memory and are tried again.
 */
export interface Outbox {
  /** Resolves once it is written; never rejects. */
  post<Name extends OutboxName>(name: Name, input: Parameters<StoreRequests[Name]>[0]): Promise<void>;
  /** Resolves once what was posted is written, or waits because the library cannot take it now. */
  tried(): Promise<void>;
  /** Tries once more what still waits, and takes nothing after it; false: the end or the cost of a call is lost. */
  close(): Promise<boolean>;
}

export interface OutboxOptions {
  readonly store: TierStore;
  readonly clock: Pick<RetryClock, "sleep">;
  readonly report: (where: string, error: unknown) => void;
}

/** What no later start does again: the end and the cost of one call. The others go over the whole ledger at each start. */
const isOfOneCall = (name: OutboxName): boolean => name === "ledger.end" || name === "tiers.add-spend";

interface Entry {
  readonly isOfOneCall: boolean;
  readonly write: () => Promise<unknown>;
  readonly written: () => void;
  faults: number;
}

/** Milliseconds before a write is tried again, doubled each time. */
const firstDelay = 200;
const longestDelay = 30_000;
/** Tries of a write that fails by a fault of ours: what stands behind it must not wait for ever. */
const mostFaults = 3;
/** Milliseconds that closing waits for the library. */
const longestClose = 3000;

export function makeOutbox({ store, clock, report }: OutboxOptions): Outbox {
  const entries: Entry[] = [];
  let draining: Promise<void> | null = null;
  let closing: AbortController | null = null;
  let waiting = new AbortController();
  /** Told when the queue is empty or waits. */
  let askers: (() => void)[] = [];
  let isStuck = false;

  function tellTried(): void {
    for (const told of askers) told();
    askers = [];
  }

  async function drain(): Promise<void> {
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, longestDelay)) {
      while (entries.length > 0) {
        if (!(await tryFirst())) break;
        delay = firstDelay;
      }
      tellTried();
      if (entries.length === 0 || closing !== null) {
        // At once, not when whoever awaits it is told: what is posted in between would wait for the next post.
        draining = null;
        return;
      }
      waiting = new AbortController();
      isStuck = true;
      await clock.sleep(delay, waiting.signal).catch(() => undefined);
      isStuck = false;
    }
  }

  /** False: the library could not take it, and it stays the first. */
  async function tryFirst(): Promise<boolean> {
    const [entry] = entries;
    if (entry === undefined) return false;
    try {
      await entry.write();
    } catch (error) {
      if (error instanceof AppError && error.code !== "internal") return false;
      entry.faults += 1;
      report("outbox", error);
      if (entry.faults < mostFaults) return false;
    }
    entries.shift();
    entry.written();
    return true;
  }

  const start = (): Promise<void> => (draining ??= drain());

  return {
    post: (name, input) =>
      new Promise((resolve) => {
        entries.push({
          isOfOneCall: isOfOneCall(name),
          write: () => store.request(name, input, always),
          written: resolve,
          faults: 0,
        });
        void start();
      }),
    tried: () =>
      isStuck || entries.length === 0 ? Promise.resolve() : new Promise((told) => void askers.push(told)),
    close: async () => {
      closing = new AbortController();
      waiting.abort();
      // The drain under way may be at its last look; what is left then has one more.
      const emptied = (async () => {
        await draining;
        if (entries.length > 0) await start();
      })();
      const limit = clock.sleep(longestClose, closing.signal).catch(() => undefined);
      await Promise.race([emptied, limit]);
      closing.abort();
      return !entries.some((entry) => entry.isOfOneCall);
    },
  };
}
