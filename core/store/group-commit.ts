import { inTransaction, type WriteDb } from "./handle.ts";

/** Puts writes that come close together into one transaction: a commit costs a write-through to the disk. */
export interface GroupCommit {
  /** Resolves once the work is committed; rejects with its own error, which no other work shares. */
  write<Result>(work: () => Result): Promise<Result>;
}

interface Entry {
  readonly work: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** `most` writes at once; `longest` milliseconds that the first of them waits. */
export function makeGroupCommit(
  db: WriteDb,
  options: { readonly most: number; readonly longest: number },
): GroupCommit {
  let queue: Entry[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const entries = queue;
    queue = [];
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
    write: async <Result>(work: () => Result) =>
      new Promise<Result>((resolve, reject) => {
        let result: Result;
        queue.push({
          work: () => {
            result = work();
          },
          done: () => resolve(result),
          failed: reject,
        });
        if (queue.length >= options.most) flush();
        else timer ??= setTimeout(flush, options.longest);
      }),
  };
}
