import { inReservedTransaction } from "../ballast.ts";
import { reading, type WriteDb } from "../handle.ts";
import { nowhere, sweepHidden } from "../hidden.ts";

/** Sweeps everything hidden in one go; gives the passages that went. */
export function sweepAll(db: WriteDb): number[] {
  return inReservedTransaction(db, () =>
    [...sweepHidden(db, () => false)].flatMap((step) => (step ? [step.passageId] : [])),
  );
}

/** The same up to where the words index begins to merge: as a kill there leaves it. */
export function sweepUnmerged(db: WriteDb): void {
  const left = reading<{ n: number }>(
    db,
    `SELECT (SELECT COUNT(*) FROM files WHERE collection_id = ${nowhere} AND name_key = '')
       + (SELECT COUNT(*) FROM collections WHERE hidden = 1 AND id != ${nowhere}) AS n`,
  );
  inReservedTransaction(db, () => {
    const sweep = sweepHidden(db, () => false);
    while (left.get()?.n !== 0 && !sweep.next().done);
  });
}
