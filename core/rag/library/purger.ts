import { isCancel } from "../../contract/errors.ts";
import type { WriteDb } from "../../store/handle.ts";
import { emptyLog, isPurgeDue, purgeDeletedWords } from "../../store/purge.ts";
import { inSlices } from "./slices.ts";

/** Takes the words of what was removed out of the encrypted pages, in slices, some time after the removal. */
export interface Purger {
  /** Something was removed, or may have been before this start. */
  wake(): void;
  /** Purges what is due now; resolves when nothing is, rejects with what stopped it. */
  whenPurged(): Promise<void>;
  /** Ends after the slice under way; the next start goes on. */
  stop(): Promise<void>;
}

export interface PurgerDeps {
  readonly db: WriteDb;
  /** Resolves when the passages of what was removed are deleted: their words can go only then. */
  readonly swept: () => Promise<void>;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds after a removal. Default 10 seconds: a person who removes one document often removes the next. */
  readonly purgeAfter?: number;
  readonly failed: (error: unknown) => void;
}

/** A purge writes the whole words index: together they take this share of the time at most. */
const longestShare = 1 / 20;
/** Looks this often, in milliseconds, for what became due without a removal. */
const between = 60 * 60 * 1000;
/** Steps in one transaction. */
const stepsAtOnce = 1;

/** See `Purger`. */
export function makePurger({ db, swept, now, purgeAfter = 10_000, failed }: PurgerDeps): Purger {
  const controller = new AbortController();
  let run: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let wait = purgeAfter;

  async function purge(): Promise<void> {
    await swept();
    if (!isPurgeDue(db, now())) return;
    const started = performance.now();
    await inSlices(db, purgeDeletedWords(db, now()), stepsAtOnce, controller.signal);
    emptyLog(db);
    wait = Math.max(purgeAfter, (performance.now() - started) / longestShare);
    if (isPurgeDue(db, now())) wakeIn(wait);
  }

  async function start(): Promise<void> {
    run ??= purge().finally(() => {
      run = null;
    });
    await run;
  }

  function wakeIn(milliseconds: number): void {
    if (timer || controller.signal.aborted) return;
    timer = setTimeout(() => {
      timer = null;
      start().catch((error: unknown) => {
        if (!isCancel(error)) failed(error);
      });
    }, milliseconds);
    // Nothing waits for it: what is due stands in the database.
    timer.unref();
  }

  const looking = setInterval(() => wakeIn(0), between);
  looking.unref();
  return {
    wake: () => wakeIn(wait),
    whenPurged: async () => {
      do await start();
      while (isPurgeDue(db, now()));
    },
    stop: async () => {
      controller.abort();
      clearInterval(looking);
      if (timer) clearTimeout(timer);
      await run?.catch(() => undefined);
    },
  };
}
