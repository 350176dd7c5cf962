import { AppError } from "../contract/errors.ts";
import type { LedgerWriter } from "../safety/gate/gate.ts";

/** What is under way beyond this device: closing ends it, and waits until its end and its cost were posted. */
export interface UnderWay {
  /** A signal that is aborted by this one and by closing. */
  until(signal: AbortSignal): AbortSignal;
  /** Something begins; the returned function says that it is over. Throws cancelled once closed. */
  begin(): () => void;
  /** Runs it with such a signal. Rejects with cancelled once closed. */
  run<Value>(work: (signal: AbortSignal) => Promise<Value>, signal: AbortSignal): Promise<Value>;
  /** The same for what comes in pieces: under way from the first one asked for until its loop is left. */
  stream<Item>(
    work: (signal: AbortSignal) => AsyncIterable<Item>,
    signal: AbortSignal,
  ): AsyncGenerator<Item, void, undefined>;
  /** Ends all of it and takes nothing more. What hears no signal is waited for no longer than a few seconds. */
  close(): Promise<void>;
}

/** Milliseconds that closing waits for what is to end. */
const longestEnd = 3000;

/** `sleep` resolves after so many milliseconds, or rejects once its signal is aborted. */
export function makeUnderWay(sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>): UnderWay {
  const closing = new AbortController();
  const ends = new Set<Promise<void>>();

  const until = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);

  function begin(): () => void {
    closing.signal.throwIfAborted();
    let over = (): void => undefined;
    const end = new Promise<void>((resolve) => (over = resolve));
    ends.add(end);
    return () => {
      ends.delete(end);
      over();
    };
  }

  return {
    until,
    begin,
    run: async (work, signal) => {
      const over = begin();
      try {
        return await work(until(signal));
      } finally {
        over();
      }
    },
    stream: async function* (work, signal) {
      const over = begin();
      try {
        yield* work(until(signal));
      } finally {
        over();
      }
    },
    close: async () => {
      closing.abort(new AppError("cancelled"));
      const limit = new AbortController();
      await Promise.race([Promise.all(ends), sleep(longestEnd, limit.signal).catch(() => undefined)]);
      limit.abort();
    },
  };
}

/** The same rows; a call is under way from its row's beginning to its end. */
export function rowsUnderWay(ledger: LedgerWriter, underWay: Pick<UnderWay, "begin">): LedgerWriter {
  const open = new Map<number, () => void>();
  return {
    begin: async (start) => {
      const over = underWay.begin();
      try {
        const id = await ledger.begin(start);
        open.set(id, over);
        return id;
      } catch (error) {
        over();
        throw error;
      }
    },
    end: async (id, end) => {
      await ledger.end(id, end);
      open.get(id)?.();
      open.delete(id);
    },
  };
}
