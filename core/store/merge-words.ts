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
  while (mergePages(db, pagesAtOnce)) for (let step = 0; step < stepsOfMerge; step++) yield null;
  setMerging(db, usual);
}

/**
 * Merges up to so many pages of the words index; a negative number: all segments that are there into one, which a
 * positive one goes on with. False: there was nothing to merge.
 */
export function mergePages(db: WriteDb, pages: number): boolean {
  const before = totalChanges(db);
  writing(db, "INSERT INTO passages_fts (passages_fts, rank) VALUES ('merge', CAST(? AS INTEGER))").run(
    pages,
  );
  // The command itself counts as one.
  return totalChanges(db) - before > 1;
}

const totalChanges = (db: ReadDb): number =>
  reading<{ n: number }>(db, "SELECT total_changes() AS n").get()?.n ?? 0;

function setMerging(db: WriteDb, segments: number): void {
  writing(db, "INSERT INTO passages_fts (passages_fts, rank) VALUES ('automerge', CAST(? AS INTEGER))").run(
    segments,
  );
}
