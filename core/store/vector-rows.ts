import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

const modelStride = 2 ** 32;

/** First and last key of a model's vectors. */
function keyRange(modelId: number): [first: number, last: number] {
  return [modelId * modelStride, modelId * modelStride + modelStride - 1];
}

/** Key of a passage's vector: model id × 2³² + passage id. */
export function vectorKey(modelId: number, passageId: number): number {
  return modelId * modelStride + passageId;
}

/** A stored vector: 8-bit numbers of any scale, since only their direction counts. */
export interface StoredVector {
  readonly passageId: number;
  readonly documentId: number;
  readonly vector: Buffer;
}

/** Every vector of a model, by passage id. */
export function eachVector(db: ReadDb, modelId: number): IterableIterator<StoredVector> {
  return reading<StoredVector>(
    db,
    `SELECT key & 4294967295 AS passageId, document_id AS documentId, vector FROM vectors
     WHERE key BETWEEN ? AND ? ORDER BY key`,
  ).iterate(...keyRange(modelId));
}

/** A passage's vector. */
export function readVector(db: ReadDb, key: number): Buffer | undefined {
  return reading<{ vector: Buffer }>(db, "SELECT vector FROM vectors WHERE key = ?").get(key)?.vector;
}

/** Several vectors in order of their keys; missing ones are left out. One statement costs half of many. */
export function readVectors(db: ReadDb, keys: readonly number[]): Buffer[] {
  return reading<{ vector: Buffer }>(
    db,
    "SELECT vector FROM vectors WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key",
  )
    .all(JSON.stringify(keys))
    .map((row) => row.vector);
}

/** Stores a vector, in the place of the one its passage had. */
export function insertVector(db: WriteDb, key: number, documentId: number, vector: Int8Array): void {
  writing(db, "INSERT OR REPLACE INTO vectors (key, document_id, vector) VALUES (?, ?, ?)").run(
    key,
    documentId,
    vector,
  );
}

/** True when the passage has a vector. */
export function hasVector(db: ReadDb, key: number): boolean {
  return reading(db, "SELECT 1 FROM vectors WHERE key = ?").get(key) !== undefined;
}

/** Deletes a passage's vector where there is one. */
export function deleteVector(db: WriteDb, key: number): void {
  writing(db, "DELETE FROM vectors WHERE key = ?").run(key);
}

/** Deletes up to `most` vectors of a model; gives how many. */
export function deleteVectors(db: WriteDb, modelId: number, most: number): number {
  return writing(
    db,
    "DELETE FROM vectors WHERE key IN (SELECT key FROM vectors WHERE key BETWEEN ? AND ? LIMIT ?)",
  ).run(...keyRange(modelId), most).changes;
}
