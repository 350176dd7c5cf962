import { reading, writing, type ReadDb, type WriteDb } from "../../../store/handle.ts";

const modelStride = 2 ** 32;

/** The model's row, made where it is missing. Ids start at 0 and are used again: a short key keeps ten rows on a page. */
export function openModel(db: WriteDb, fingerprint: string, dimension: number): number {
  const known = reading<{ id: number; dimension: number }>(
    db,
    "SELECT id, dimension FROM vector_models WHERE fingerprint = ?",
  ).get(fingerprint);
  if (known) {
    if (known.dimension !== dimension)
      throw new Error(`vectors of ${fingerprint} have ${known.dimension} dimensions`);
    return known.id;
  }
  const free = reading<{ id: number }>(
    db,
    `SELECT min(id) AS id FROM (SELECT 0 AS id UNION ALL SELECT id + 1 FROM vector_models)
     WHERE id NOT IN (SELECT id FROM vector_models)`,
  ).get();
  const id = free?.id ?? 0;
  writing(db, "INSERT INTO vector_models (id, fingerprint, dimension) VALUES (?, ?, ?)").run(
    id,
    fingerprint,
    dimension,
  );
  return id;
}

/** Forgets a model's vectors altogether (after the switch to another model). */
export function removeModel(db: WriteDb, fingerprint: string): void {
  db.transaction(() => {
    const row = reading<{ id: number }>(db, "SELECT id FROM vector_models WHERE fingerprint = ?").get(
      fingerprint,
    );
    if (!row) return;
    writing(db, "DELETE FROM vectors WHERE key BETWEEN ? AND ?").run(...keyRange(row.id));
    writing(db, "DELETE FROM vector_segments WHERE model_id = ?").run(row.id);
    writing(db, "DELETE FROM vector_gaps WHERE model_id = ?").run(row.id);
    writing(db, "DELETE FROM vector_models WHERE id = ?").run(row.id);
  }).immediate();
}

/** First and last key of a model's vectors. */
export function keyRange(modelId: number): [first: number, last: number] {
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

const columns = "key & 4294967295 AS passageId, document_id AS documentId, vector";

/** Every vector of a model, by passage id. */
export function eachVector(db: ReadDb, modelId: number): IterableIterator<StoredVector> {
  return reading<StoredVector>(
    db,
    `SELECT ${columns} FROM vectors WHERE key BETWEEN ? AND ? ORDER BY key`,
  ).iterate(...keyRange(modelId));
}

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

/** The centre that the model's codes stand around, and how many vectors it was made of. */
export function readCenter(db: ReadDb, modelId: number): { center: Float32Array | null; of: number } {
  const row = reading<{ center: Buffer | null; of: number }>(
    db,
    'SELECT center, centered_of AS "of" FROM vector_models WHERE id = ?',
  ).get(modelId);
  const center = row?.center ? new Float32Array(new Uint8Array(row.center).buffer) : null;
  return { center, of: row?.of ?? 0 };
}

export function writeCenter(db: WriteDb, modelId: number, center: Float32Array, of: number): void {
  const bytes = new Uint8Array(center.buffer, center.byteOffset, center.byteLength);
  writing(db, "UPDATE vector_models SET center = ?, centered_of = ? WHERE id = ?").run(bytes, of, modelId);
}

export function insertVector(db: WriteDb, key: number, documentId: number, vector: Int8Array): void {
  writing(db, "INSERT OR REPLACE INTO vectors (key, document_id, vector) VALUES (?, ?, ?)").run(
    key,
    documentId,
    vector,
  );
}

/** How many vectors the model's codes should hold: kept with them in every transaction. */
export function readLive(db: ReadDb, modelId: number): number {
  return reading<{ live: number }>(db, "SELECT live FROM vector_models WHERE id = ?").get(modelId)?.live ?? 0;
}

export function addToLive(db: WriteDb, modelId: number, difference: number): void {
  writing(db, "UPDATE vector_models SET live = live + ? WHERE id = ?").run(difference, modelId);
}

export function hasVector(db: ReadDb, key: number): boolean {
  return reading(db, "SELECT 1 FROM vectors WHERE key = ?").get(key) !== undefined;
}

export function deleteVector(db: WriteDb, key: number): void {
  writing(db, "DELETE FROM vectors WHERE key = ?").run(key);
}
