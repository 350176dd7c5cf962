import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** A piece of a page of codes as stored: `body` begins at the page's slot `first`. */
export interface StoredSegment {
  readonly page: number;
  readonly first: number;
  readonly checksum: number;
  readonly body: Buffer;
}

/** A model's segments in order of page and slot. */
export function eachSegment(db: ReadDb, modelId: number): IterableIterator<StoredSegment> {
  return reading<StoredSegment>(
    db,
    "SELECT page, first, checksum, body FROM vector_segments WHERE model_id = ? ORDER BY page, first",
  ).iterate(modelId);
}

/** Adds a segment; its page and slot must be free. */
export function insertSegment(
  db: WriteDb,
  modelId: number,
  segment: Omit<StoredSegment, "body"> & { readonly body: Uint8Array },
): void {
  writing(
    db,
    "INSERT INTO vector_segments (model_id, page, first, checksum, body) VALUES (?, ?, ?, ?, ?)",
  ).run(modelId, segment.page, segment.first, segment.checksum, segment.body);
}

/** Deletes the segments of one page; its gaps stay. */
export function deleteSegments(db: WriteDb, modelId: number, page: number): void {
  writing(db, "DELETE FROM vector_segments WHERE model_id = ? AND page = ?").run(modelId, page);
}

/** A bit for each slot of a page, set where its vector was removed. */
export function readGaps(db: ReadDb, modelId: number, page: number): Buffer | undefined {
  return reading<{ bits: Buffer }>(db, "SELECT bits FROM vector_gaps WHERE model_id = ? AND page = ?").get(
    modelId,
    page,
  )?.bits;
}

/** Stores which slots of a page are gaps. */
export function writeGaps(db: WriteDb, modelId: number, page: number, bits: Uint8Array): void {
  writing(db, "INSERT OR REPLACE INTO vector_gaps (model_id, page, bits) VALUES (?, ?, ?)").run(
    modelId,
    page,
    bits,
  );
}

/** Deletes segments and gaps of one page. */
export function deletePage(db: WriteDb, modelId: number, page: number): void {
  deleteSegments(db, modelId, page);
  writing(db, "DELETE FROM vector_gaps WHERE model_id = ? AND page = ?").run(modelId, page);
}

/** Deletes segments and gaps of all of a model's pages. */
export function deletePages(db: WriteDb, modelId: number): void {
  writing(db, "DELETE FROM vector_segments WHERE model_id = ?").run(modelId);
  writing(db, "DELETE FROM vector_gaps WHERE model_id = ?").run(modelId);
}
