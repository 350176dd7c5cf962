import { nextFileWithPassages, nextWithoutVectors, setVectorsFingerprint } from "../../store/files.ts";
import { getPassages } from "../../store/documents.ts";
import { reading, type ReadDb, type WriteDb } from "../../store/handle.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { embeddedText } from "./indexer-text.ts";
import type { VectorRow, VectorStore } from "../index/vector-store.ts";

/** An embedding model with the place of its vectors. */
export interface IndexedModel {
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
}

interface Pending {
  readonly id: number;
  readonly documentId: number;
  readonly hash: string;
}

const keyed = "m.id * 4294967296 + p.id";

/** Passages of a file without a vector in the model, in reading order. */
export function missingPassages(db: ReadDb, fingerprint: string, fileId: number): Pending[] {
  return reading<Pending>(
    db,
    `SELECT p.id, p.document_id AS documentId, lower(hex(p.hash)) AS hash
     FROM documents d JOIN passages p ON p.document_id = d.id
     WHERE d.file_id = @fileId AND NOT EXISTS (
       SELECT 1 FROM vector_models m JOIN vectors v ON v.key = ${keyed} WHERE m.fingerprint = @fingerprint)
     ORDER BY d.ordinal, p.ordinal`,
  ).all({ fileId, fingerprint });
}

/** How many of a file's passages have their vector in the model. */
export function countEmbedded(db: ReadDb, fingerprint: string, fileId: number): number {
  return (
    reading<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM vector_models m, documents d JOIN passages p ON p.document_id = d.id
       JOIN vectors v ON v.key = ${keyed} WHERE m.fingerprint = ? AND d.file_id = ?`,
    ).get(fingerprint, fileId)?.n ?? 0
  );
}

/** Those of these passages that have their vector in the model. */
export function passagesWithVector(db: ReadDb, fingerprint: string, ids: readonly number[]): Set<number> {
  const rows = reading<{ id: number }>(
    db,
    `SELECT p.value AS id FROM vector_models m, json_each(?) p JOIN vectors v ON v.key = m.id * 4294967296 + p.value
     WHERE m.fingerprint = ?`,
  ).all(JSON.stringify(ids), fingerprint);
  return new Set(rows.map((row) => row.id));
}

/** How many passages of the whole library lack a vector in the model. */
export function countMissing(db: ReadDb, fingerprint: string): number {
  return (
    reading<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM passages p WHERE NOT EXISTS (
       SELECT 1 FROM vector_models m JOIN vectors v ON v.key = ${keyed} WHERE m.fingerprint = ?)`,
    ).get(fingerprint)?.n ?? 0
  );
}

/** Vectors whose passage is gone (a kill between the two transactions). */
export function orphanVectors(db: ReadDb, fingerprint: string): number[] {
  return reading<{ id: number }>(
    db,
    `SELECT v.key - m.id * 4294967296 AS id FROM vector_models m
       JOIN vectors v ON v.key BETWEEN m.id * 4294967296 AND m.id * 4294967296 + 4294967295
     WHERE m.fingerprint = ? AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.id = v.key - m.id * 4294967296)`,
  )
    .all(fingerprint)
    .map((row) => row.id);
}

/** A vector of the same text, wherever in the library it stands. */
function vectorOfHash(db: ReadDb, fingerprint: string, hash: string): Float32Array | null {
  const row = reading<{ vector: Buffer }>(
    db,
    `SELECT v.vector FROM vector_models m, passages p JOIN vectors v ON v.key = ${keyed}
     WHERE m.fingerprint = ? AND p.hash = ? LIMIT 1`,
  ).get(fingerprint, Buffer.from(hash, "hex"));
  if (!row) return null;
  const { buffer, byteOffset, byteLength } = row.vector;
  const vector = Float32Array.from(new Int8Array(buffer, byteOffset, byteLength));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** What one step did. */
export interface VectorStep {
  readonly passages: number;
  /** Files that became complete. */
  readonly completed: readonly number[];
  readonly file: string | null;
}

/** Gives passages their vectors, a batch at a time, over the borders of files. */
export interface VectorWork {
  /** Null: nothing is left to do. Rejects with the embedder's or the store's error. */
  step(signal: AbortSignal): Promise<VectorStep | null>;
  /** Passages or the order changed: look again. */
  refresh(): void;
}

/**
 * The work of one model. For the active one, files become complete in their own row; for one being
 * built beside it (`isBuilding`) the files are gone through by id and nothing is marked.
 */
export function makeVectorWork(
  db: WriteDb,
  model: IndexedModel,
  isBuilding: boolean,
  batch: number,
): VectorWork {
  const { fingerprint } = model.vectors;
  let queue: (Pending & { fileId: number; name: string })[] = [];
  let underWay = new Set<number>();
  let cursor = 0;

  function nextFile(): { id: number; name: string } | undefined {
    if (!isBuilding) return nextWithoutVectors(db, fingerprint, underWay);
    const file = nextFileWithPassages(db, cursor);
    if (file) cursor = file.id;
    return file;
  }

  /** Ready only when the rows, read back, are all there and there is at least one. */
  function complete(fileId: number): boolean {
    underWay.delete(fileId);
    if (missingPassages(db, fingerprint, fileId).length > 0) return false;
    if (!isBuilding && countEmbedded(db, fingerprint, fileId) > 0)
      setVectorsFingerprint(db, fileId, fingerprint);
    return true;
  }

  function fill(completed: number[]): void {
    while (queue.length < batch) {
      const file = nextFile();
      if (!file) return;
      const missing = missingPassages(db, fingerprint, file.id);
      underWay.add(file.id);
      if (missing.length > 0)
        queue.push(...missing.map((row) => ({ ...row, fileId: file.id, name: file.name })));
      else if (complete(file.id)) completed.push(file.id);
    }
  }

  return {
    refresh: () => {
      queue = [];
      underWay = new Set();
      cursor = 0;
    },
    step: async (signal) => {
      const completed: number[] = [];
      fill(completed);
      if (queue.length === 0) return completed.length > 0 ? { passages: 0, completed, file: null } : null;
      const taken = queue.slice(0, batch);
      const rows = await vectorsFor(db, model, taken, signal);
      // Those removed meanwhile must not come back.
      const alive = new Set(
        getPassages(
          db,
          taken.map((row) => row.id),
        ).map((row) => row.id),
      );
      await model.vectors.add(rows.filter((row) => alive.has(row.passageId)));
      queue = queue.filter((row) => !taken.includes(row));
      const open = new Set(queue.map((row) => row.fileId));
      const touched = new Set(taken.map((row) => row.fileId).filter((id) => !open.has(id)));
      completed.push(...[...touched].filter((id) => complete(id)));
      return { passages: taken.length, completed, file: taken.at(-1)?.name ?? null };
    },
  };
}

async function vectorsFor(
  db: ReadDb,
  model: IndexedModel,
  taken: readonly Pending[],
  signal: AbortSignal,
): Promise<VectorRow[]> {
  const byHash = new Map<string, Float32Array>();
  const toEmbed: { hash: string; id: number }[] = [];
  for (const { hash, id } of taken) {
    if (byHash.has(hash) || toEmbed.some((other) => other.hash === hash)) continue;
    const known = vectorOfHash(db, model.vectors.fingerprint, hash);
    if (known) byHash.set(hash, known);
    else toEmbed.push({ hash, id });
  }
  if (toEmbed.length > 0) {
    const texts = new Map(
      getPassages(
        db,
        toEmbed.map((row) => row.id),
      ).map((row) => [row.id, embeddedText(row.text)]),
    );
    const present = toEmbed.filter((row) => texts.has(row.id));
    const vectors = await model.embedder.embedDocuments(
      present.map((row) => texts.get(row.id) ?? ""),
      signal,
    );
    present.forEach((row, index) => byHash.set(row.hash, vectors[index] ?? new Float32Array()));
  }
  return taken.flatMap(({ id, documentId, hash }) => {
    const vector = byHash.get(hash);
    return vector ? [{ passageId: id, documentId, vector }] : [];
  });
}
