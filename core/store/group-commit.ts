import { inTransaction, type WriteDb } from "./handle.ts";

/** Puts writes that come close together into one transaction: a commit costs a write-through to the disk. */
export interface GroupCommit {
  /**
   * Resolves once the work is committed; rejects with its own error, which no other work shares. `rows`: about how
   * many it writes.
   */
  write<Result>(work: () => Result, rows: number): Promise<Result>;
  /** Commits what waits now: what was to come will not. */
  flush(): void;
}

export interface GroupCommitOptions {
  /** Writes at once, at most. */
  readonly most: number;
  /** Rows at once: no other write joins as many. A search waits for all of them. */
  readonly rows: number;
  /** Milliseconds that the first of them waits at most. */
  readonly longest: number;
  /** False: there is nothing to wait for. */
  readonly isMoreComing: () => boolean;
}

interface Entry {
  readonly work: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** See `GroupCommit`. */
export function makeGroupCommit(db: WriteDb, options: GroupCommitOptions): GroupCommit {
  let queue: Entry[] = [];
  let rowsWaiting = 0;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const entries = queue;
    queue = [];
    rowsWaiting = 0;
    if (entries.length === 0) return;
    try {
      inTransaction(db, () => entries.forEach((entry) => entry.work()));
    } catch (error) {
      // One of them failed, and all were taken back: each gets a transaction, and an error, of its own.
      if (entries.length === 1) entries[0]?.failed(error);
      else entries.forEach(commitAlone);
      return;
    }
    entries.forEach((entry) => entry.done());
  }

  function commitAlone(entry: Entry): void {
    try {
      inTransaction(db, entry.work);
    } catch (error) {
      entry.failed(error);
      return;
    }
    entry.done();
  }

  return {
    flush,
    write: async <Result>(work: () => Result, rows: number) =>
      new Promise<Result>((resolve, reject) => {
        let result: Result;
        queue.push({
          work: () => {
            result = work();
          },
          done: () => resolve(result),
          failed: reject,
        });
        rowsWaiting += rows;
        const isFull = queue.length >= options.most || rowsWaiting >= options.rows;
        if (isFull || !options.isMoreComing()) flush();
        else timer ??= setTimeout(flush, options.longest);
      }),
  };
}
