import { hiddenCollections } from "./hidden.ts";
import { reading, type ReadDb } from "./handle.ts";

/** Key of passage p's vector in model m; see vector-rows.ts. */
const keyed = "m.id * 4294967296 + p.id";

/** A passage as its vector needs it; `hash` is hex, and equal hashes mean equal vectors. */
export interface PassageHash {
  readonly id: number;
  readonly documentId: number;
  readonly hash: string;
}

/** Where the walk through a file's passages stands: behind this passage of this document. */
export interface PassageCursor {
  readonly document: number;
  readonly passage: number;
}

/** Before a file's first passage. */
export const firstPassage: PassageCursor = { document: -1, passage: -1 };

/** A page of a file's passages behind a place, in reading order; `next` is null after the last. */
export function passageHashesOfFile(
  db: ReadDb,
  fileId: number,
  after: PassageCursor,
  limit: number,
): { passages: PassageHash[]; next: PassageCursor | null } {
  const documents = reading<{ id: number; ordinal: number }>(
    db,
    "SELECT id, ordinal FROM documents WHERE file_id = ? AND ordinal >= ? ORDER BY ordinal",
  ).iterate(fileId, after.document);
  const page = reading<PassageHash & { ordinal: number }>(
    db,
    `SELECT id, document_id AS documentId, lower(hex(hash)) AS hash, ordinal FROM passages
     WHERE document_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
  );
  const passages: PassageHash[] = [];
  for (const document of documents) {
    const from = document.ordinal === after.document ? after.passage : -1;
    const rows = page.all(document.id, from, limit - passages.length);
    for (const { id, documentId, hash } of rows) passages.push({ id, documentId, hash });
    const last = rows.at(-1);
    if (passages.length === limit && last)
      return { passages, next: { document: document.ordinal, passage: last.ordinal } };
  }
  return { passages, next: null };
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

/** How many passages of the whole library lack a vector in the model. Looks at every one. */
export function countPassagesWithoutVector(db: ReadDb, fingerprint: string): number {
  return (
    reading<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM passages p WHERE p.document_id NOT IN (
         SELECT id FROM documents WHERE collection_id IN ${hiddenCollections}) AND NOT EXISTS (
       SELECT 1 FROM vector_models m JOIN vectors v ON v.key = ${keyed} WHERE m.fingerprint = ?)`,
    ).get(fingerprint)?.n ?? 0
  );
}

/** Of the next `limit` vectors behind a passage id: those whose passage is gone, and the id to go on from. */
export function orphanVectors(
  db: ReadDb,
  fingerprint: string,
  after: number,
  limit: number,
): { orphans: number[]; next: number | null } {
  const rows = reading<{ id: number; isOrphan: number }>(
    db,
    `SELECT v.key - m.id * 4294967296 AS id,
       NOT EXISTS (SELECT 1 FROM passages p WHERE p.id = v.key - m.id * 4294967296) AS isOrphan
     FROM vector_models m JOIN vectors v
       ON v.key BETWEEN m.id * 4294967296 + ? AND m.id * 4294967296 + 4294967295
     WHERE m.fingerprint = ? ORDER BY v.key LIMIT ?`,
  ).all(after + 1, fingerprint, limit);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { orphans: rows.filter((row) => row.isOrphan).map((row) => row.id), next: last?.id ?? null };
}

/** For each of these hex hashes a vector of a passage with that text, wherever in the library it stands. */
export function vectorsByHash(
  db: ReadDb,
  fingerprint: string,
  hashes: readonly string[],
): Map<string, Buffer> {
  const statement = reading<{ vector: Buffer }>(
    db,
    `SELECT v.vector FROM vector_models m, passages p JOIN vectors v ON v.key = ${keyed}
     WHERE m.fingerprint = ? AND p.hash = ? LIMIT 1`,
  );
  const found = new Map<string, Buffer>();
  for (const hash of new Set(hashes)) {
    const row = statement.get(fingerprint, Buffer.from(hash, "hex"));
    if (row) found.set(hash, row.vector);
  }
  return found;
}

/** Those of these passages that are there. */
export function existingPassages(db: ReadDb, ids: readonly number[]): Set<number> {
  const rows = reading<{ id: number }>(
    db,
    "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
  ).all(JSON.stringify(ids));
  return new Set(rows.map((row) => row.id));
}
