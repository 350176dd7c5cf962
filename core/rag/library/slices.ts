import { inTransaction, type WriteDb } from "../../store/handle.ts";
import { otherWork } from "../index/other-work.ts";

/**
 * Runs long work of the store some steps a transaction, with other work between two of them: a search then waits
 * for a slice and not for all of it. `after` gets what the steps of a slice gave, once they are committed.
 */
export async function inSlices<Step, Result>(
  db: WriteDb,
  work: Generator<Step, Result>,
  steps: number,
  signal: AbortSignal,
  after: (done: readonly Step[]) => Promise<void> = async () => undefined,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    const done: Step[] = [];
    const end = inTransaction(db, () => {
      while (done.length < steps) {
        const next = work.next();
        if (next.done) return next;
        done.push(next.value);
      }
      return null;
    });
    await after(done);
    if (end) return end.value;
    await otherWork();
  }
}
