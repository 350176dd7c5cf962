import { inReservedTransaction } from "../ballast.ts";
import type { WriteDb } from "../handle.ts";
import { sweepHidden } from "../hidden.ts";

/** Sweeps everything hidden in one go; gives the passages that went. */
export function sweepAll(db: WriteDb): number[] {
  return inReservedTransaction(db, () =>
    [...sweepHidden(db, () => false)].flatMap((step) => (step ? [step.passageId] : [])),
  );
}
