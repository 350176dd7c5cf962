import type { FileContent } from "../../store/file-content.ts";
import type { WriteDb } from "../../store/handle.ts";
import { showArrival, storeHidden } from "../../store/store-hidden.ts";
import { firstPassage, passageHashesOfFile, type PassageCursor } from "../../store/vector-coverage.ts";
import { otherWork } from "../index/other-work.ts";
import type { VectorIndex } from "../index/search-index.ts";
import { inSlices } from "./slices.ts";
import type { Sweeper } from "./sweeper.ts";

export interface StoreLongDeps {
  readonly db: WriteDb;
  readonly sweeper: Sweeper;
  /** The indexes whose vectors a new passage may take over from an old one with its text. */
  readonly vectors: () => readonly VectorIndex[];
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Rows a file may bring and replace in one transaction: more are stored in slices. */
const mostAtOnce = 2_000;
/** UTF-16 code units, likewise. */
const longestText = 2_000_000;
/** Rows written in one transaction. */
const rowsAtOnce = 75;

/** Rows that content brings and replaces. */
export function rowsOf({ documents }: FileContent, passagesBefore: number): number {
  return documents.reduce((sum, { passages }) => sum + 1 + passages.length, passagesBefore);
}

/** True for content that takes longer to store than a search should wait. */
export function isLong(rows: number, { documents }: FileContent): boolean {
  return rows > mostAtOnce || documents.reduce((sum, { text }) => sum + text.length, 0) > longestText;
}

/**
 * Stores a file's content in slices where nobody sees it, gives its passages the vectors that the library has of
 * their text, and then puts it in the place of the old. Stopped before that, the old stays whole; so it does where
 * `isWanted`, asked last of all, says no (false is given).
 */
export async function storeLong(
  deps: StoreLongDeps,
  fileId: number,
  content: FileContent,
  signal: AbortSignal,
  isWanted: () => boolean = () => true,
): Promise<boolean> {
  const { db, sweeper } = deps;
  let hiddenFileId: number | null = null;
  try {
    const store = storeHidden(db, fileId, content, (id) => {
      hiddenFileId = id;
      sweeper.keep(id);
    });
    const arrival = await inSlices(db, store, rowsAtOnce, signal);
    const isNew = arrival.gone.length === 0 && arrival.documents.every(({ replaces }) => replaces === null);
    if (!isNew)
      for (const vectors of deps.vectors()) await takeOver(db, vectors, arrival.hiddenFileId, signal);
    if (!isWanted()) return false;
    // From here on it is a matter of moments, and half of it is worth less than all.
    const show = showArrival(db, fileId, arrival, content, deps.now());
    await inSlices(db, show, rowsAtOnce, new AbortController().signal);
    return true;
  } finally {
    if (hiddenFileId !== null) sweeper.letGo(hiddenFileId);
    sweeper.wake();
  }
}

async function takeOver(
  db: WriteDb,
  vectors: VectorIndex,
  hiddenFileId: number,
  signal: AbortSignal,
): Promise<void> {
  for (let at: PassageCursor | null = firstPassage; at !== null;) {
    const page = passageHashesOfFile(db, hiddenFileId, at, rowsAtOnce);
    const known = await vectors.byHash(page.passages.map(({ hash }) => hash));
    const rows = page.passages.flatMap(({ id, documentId, hash }) => {
      const vector = known.get(hash);
      return vector ? [{ passageId: id, documentId, vector }] : [];
    });
    if (rows.length > 0) await vectors.add(rows);
    at = page.next;
    await otherWork();
    signal.throwIfAborted();
  }
}
