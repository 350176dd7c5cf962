import { inTransaction, reading, writing, type ReadDb, type WriteDb } from "./handle.ts";
import { deleteVectors } from "./vector-rows.ts";

/** Makes the model's row where it is missing; gives its id. Ids start at 0 and are used again: a short key keeps ten rows on a page. */
export function openVectorModel(db: WriteDb, fingerprint: string, dimension: number): number {
  return inTransaction(db, () => {
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
  });
}

/** The fingerprint of every model that has a row, with vectors or without. */
export function vectorFingerprints(db: ReadDb): string[] {
  return reading<{ fingerprint: string }>(db, "SELECT fingerprint FROM vector_models ORDER BY id")
    .all()
    .map((row) => row.fingerprint);
}

/** A page of codes takes as long to delete as so many vectors. */
const vectorsAPage = 16;

/**
 * Deletes up to `most` vectors of a model, or as much of its codes, in one transaction; with the last of them
 * its row. True once nothing of it is left.
 */
export function deleteVectorModelSlice(db: WriteDb, fingerprint: string, most: number): boolean {
  return inTransaction(db, () => {
    const row = reading<{ id: number }>(db, "SELECT id FROM vector_models WHERE fingerprint = ?").get(
      fingerprint,
    );
    if (!row) return true;
    // The codes go first: a model half deleted must never pass for a whole one.
    writing(db, "UPDATE vector_models SET live = -1 WHERE id = ?").run(row.id);
    const codes = writing(
      db,
      "DELETE FROM vector_segments WHERE id IN (SELECT id FROM vector_segments WHERE model_id = ? LIMIT ?)",
    ).run(row.id, Math.ceil(most / vectorsAPage)).changes;
    if (codes > 0) return false;
    if (deleteVectors(db, row.id, most) === most) return false;
    writing(db, "DELETE FROM vector_gaps WHERE model_id = ?").run(row.id);
    writing(db, "DELETE FROM vector_models WHERE id = ?").run(row.id);
    return true;
  });
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

/** Stores the centre, and how many vectors it was made of. */
export function writeCenter(db: WriteDb, modelId: number, center: Float32Array, of: number): void {
  const bytes = new Uint8Array(center.buffer, center.byteOffset, center.byteLength);
  writing(db, "UPDATE vector_models SET center = ?, centered_of = ? WHERE id = ?").run(bytes, of, modelId);
}

/** How many vectors the model's codes should hold: kept with them in every transaction. */
export function readLive(db: ReadDb, modelId: number): number {
  return reading<{ live: number }>(db, "SELECT live FROM vector_models WHERE id = ?").get(modelId)?.live ?? 0;
}

/** Counts vectors that came, or went where the difference is below zero. */
export function addToLive(db: WriteDb, modelId: number, difference: number): void {
  writing(db, "UPDATE vector_models SET live = live + ? WHERE id = ?").run(difference, modelId);
}
