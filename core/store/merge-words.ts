import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** What FTS5 does unless told otherwise: segments of a level that are merged without being asked. */
const usual = 4;
/** Pages of the words index merged in one go: some milliseconds. */
const pagesAtOnce = 16;
/** Steps that this counts as. */
const stepsOfMerge = 250;

/** True while `holdMerging` is in force, also when a kill left it so. */
export function isMergingHeld(db: ReadDb): boolean {
  return reading(db, "SELECT 1 FROM passages_fts_config WHERE k = 'automerge' AND v = 0").get() !== undefined;
}

/**
 * Deleting words merges segments in the commit, three pages for each passage deleted: a second for a slice, in which
 * no search is answered. From here on nothing is merged unless it has to be, until `mergeWords` has caught up.
 */
export function holdMerging(db: WriteDb): void {
  if (!isMergingHeld(db)) setMerging(db, 0);
}

/** Merges what was held back, some pages a time, and lets FTS5 merge again by itself. */
export function* mergeWords(db: WriteDb): Generator<null, void> {
  const merge = writing(
    db,
    "INSERT INTO passages_fts (passages_fts, rank) VALUES ('merge', CAST(? AS INTEGER))",
  );
  const changes = reading<{ n: number }>(db, "SELECT total_changes() AS n");
  for (;;) {
    const before = changes.get()?.n ?? 0;
    merge.run(pagesAtOnce);
    // The command itself counts as one.
    if ((changes.get()?.n ?? 0) - before < 2) break;
    for (let step = 0; step < stepsOfMerge; step++) yield null;
  }
  setMerging(db, usual);
}

function setMerging(db: WriteDb, segments: number): void {
  writing(db, "INSERT INTO passages_fts (passages_fts, rank) VALUES ('automerge', CAST(? AS INTEGER))").run(
    segments,
  );
}
