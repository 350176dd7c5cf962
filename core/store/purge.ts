import { madeRoomFor } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";
import { mergePages } from "./merge-words.ts";
import { deleteMeta, getMeta, setMeta } from "./meta.ts";

/*
 * A deleted passage leaves a tombstone in the words index: its words stay in the index's segments until those are
 * merged. Which merge is due stands in rows, so that a kill delays it and does not forget it.
 */
const dueKey = "words-purge-due";
const runningKey = "words-purge-running";
const lastKey = "words-purged-at";

/** Why words have to go: a person removed what held them, or a file that stays says something else now. */
export type WordsGone = "removed" | "replaced";

/** Words of other content than a person's own removal wait this long at most, in milliseconds: a purge writes the whole index. */
const longestWait = 24 * 60 * 60 * 1000;

/** Notes, in the transaction that hides or deletes passages, that their words have to leave the index's pages. */
export function markDeletedWords(db: WriteDb, why: WordsGone): void {
  if (why === "removed") setMeta(db, dueKey, why);
  else writing(db, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING").run(dueKey, why);
}

/** True when a purge should run: after a removal, after one that was cut short, and once a day after changes. `now` in Unix milliseconds. */
export function isPurgeDue(db: WriteDb, now: number): boolean {
  if (getMeta(db, runningKey) !== null) return true;
  const due = getMeta(db, dueKey);
  if (due !== "replaced") return due !== null;
  const last = getMeta(db, lastKey);
  if (last === null) setMeta(db, lastKey, String(now));
  const age = now - Number(last ?? now);
  // A clock that was put back makes it sooner, not later.
  return age < 0 || age >= longestWait;
}

/** Pages of the index merged in a step: a few milliseconds. */
const mergedAtOnce = 8;
/** Documents that come and go meanwhile may ask for another pass; more of them wait for the next purge. */
const mostPasses = 3;
/** Free pages given back in a step. */
const givenBackAtOnce = 64;
/** Free pages that stay: the next document takes them without growing the file. */
const keptFree = 256;

/**
 * Takes the words of deleted passages out of the index's pages and gives free pages back to the disk, a few pages a
 * step: to be run a step or more a transaction, other work between them. Stopped anywhere, it is due again. Afterwards the
 * write-ahead log still holds what the pages were: `emptyLog`.
 */
export function* purgeDeletedWords(db: WriteDb, now: number): Generator<null, void> {
  // What is deleted from here on is another purge's.
  setMeta(db, runningKey, "yes");
  deleteMeta(db, dueKey);
  for (let pass = 0; pass < mostPasses && hasTombstones(db); pass++) {
    for (let more = mergePages(db, -mergedAtOnce); more; more = mergePages(db, mergedAtOnce)) yield null;
  }
  if (hasTombstones(db)) return;
  deleteMeta(db, runningKey);
  setMeta(db, lastKey, String(now));
  yield null;
  yield* giveBackFreePages(db);
}

/** Row ids from here on are pages of tombstones: a segment number above 2^16, and the page within 37 bits. */
const tombstonesFrom = 65_536n << 37n;

/** True while some segment of the index holds words of a deleted passage. */
function hasTombstones(db: ReadDb): boolean {
  return (
    reading(db, "SELECT 1 FROM passages_fts_data WHERE id >= ? LIMIT 1").get(tombstonesFrom) !== undefined
  );
}

/** A library of an early Qwill has no map of its pages: its file keeps its size, and free pages (zeroed) are used again. */
function* giveBackFreePages(db: WriteDb): Generator<null, void> {
  for (let free = freePages(db); free > keptFree;) {
    db.pragma(`incremental_vacuum(${Math.min(givenBackAtOnce, free - keptFree)})`);
    yield null;
    const left = freePages(db);
    if (left >= free) return;
    free = left;
  }
}

const freePages = (db: WriteDb): number => Number(db.pragma("freelist_count", { simple: true }));

/** Writes the log's pages to their places and cuts it to nothing: old pages are gone with it. Not within a transaction. */
export function emptyLog(db: WriteDb): void {
  const empty = (): unknown => db.pragma("wal_checkpoint(TRUNCATE)");
  try {
    empty();
  } catch (error) {
    if (!madeRoomFor(db, error)) throw error;
    empty();
  }
}
