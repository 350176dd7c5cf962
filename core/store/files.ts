import type { Format } from "../contract/documents.ts";
import { failure as failureSchema, type Failure } from "../contract/errors.ts";
import { foldName } from "./fold-name.ts";
import { hiddenCollections } from "./hidden.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** A file as the indexer sees it. `stored`: its text and words are in; vectors are told by fingerprint. */
export interface FileRow {
  readonly id: number;
  readonly collectionId: number;
  readonly folderId: number | null;
  readonly path: string;
  readonly name: string;
  readonly format: Format | null;
  readonly bytes: number;
  /** Unix milliseconds, with the file system's fraction. */
  readonly modifiedAt: number;
  /** SHA-256 of the bytes that were read, hex; null before the first reading. */
  readonly contentHash: string | null;
  readonly state: "waiting" | "stored" | "failed";
  readonly priority: number;
  readonly indexedAt: number | null;
  readonly documents: number;
  readonly passages: number;
  readonly title: string | null;
  readonly documentId: number | null;
  readonly failure: Failure | null;
  readonly warnings: readonly string[];
  /** The embedding model whose vectors are complete for this file. */
  readonly vectorsFingerprint: string | null;
  /** It waits no longer, since the person cancelled; it can be brought back. */
  readonly isLeftOut: boolean;
}

/** A row as SQLite gives it. */
export interface RawFile extends Omit<FileRow, "failure" | "warnings" | "isLeftOut"> {
  readonly isLeftOut: number;
  readonly failure: string | null;
  readonly warnings: string;
}

export const fileColumns = `id, collection_id AS collectionId, folder_id AS folderId, path, name, format, bytes,
  modified_at AS modifiedAt, lower(hex(content_hash)) AS contentHash, state, priority, indexed_at AS indexedAt,
  document_count AS documents, passage_count AS passages, title, first_document_id AS documentId, failure, warnings,
  vectors_fingerprint AS vectorsFingerprint, left_out AS isLeftOut`;

export function toFileRow(raw: RawFile): FileRow {
  return {
    ...raw,
    contentHash: raw.contentHash || null,
    failure: raw.failure === null ? null : failureSchema.parse(JSON.parse(raw.failure)),
    warnings: JSON.parse(raw.warnings) as string[],
    isLeftOut: raw.isLeftOut === 1,
  };
}

export function getFile(db: ReadDb, id: number): FileRow | undefined {
  const raw = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE id = ? AND collection_id NOT IN ${hiddenCollections}`,
  ).get(id);
  return raw && toFileRow(raw);
}

export function findFile(db: ReadDb, collectionId: number, path: string): FileRow | undefined {
  const raw = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE collection_id = ? AND path = ?`,
  ).get(collectionId, path);
  return raw && toFileRow(raw);
}

/** Files that belong to no watched folder. */
export function singleFiles(db: ReadDb): FileRow[] {
  return reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE folder_id IS NULL AND collection_id NOT IN ${hiddenCollections}`,
  )
    .all()
    .map(toFileRow);
}

export interface NewFile {
  readonly collectionId: number;
  readonly folderId: number | null;
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  /** See `KnownFile`. */
  readonly inode?: number | null;
}

/** Adds a waiting file, or returns the id of the row that has this path already (left as it is). */
export function ensureFile(db: WriteDb, file: NewFile): { readonly id: number; readonly isNew: boolean } {
  const done = writing(
    db,
    `INSERT INTO files (collection_id, folder_id, path, name, name_key, bytes, modified_at, inode, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting') ON CONFLICT DO NOTHING`,
  ).run(
    file.collectionId,
    file.folderId,
    file.path,
    file.name,
    foldName(file.name),
    file.bytes,
    file.modifiedAt,
    file.inode ?? null,
  );
  if (done.changes > 0) return { id: Number(done.lastInsertRowid), isNew: true };
  const row = findFile(db, file.collectionId, file.path);
  if (!row) throw new Error("a file that conflicts is not there");
  return { id: row.id, isNew: false };
}

/** A file whose bytes turned out to be the ones already stored. */
export function markUnchanged(
  db: WriteDb,
  id: number,
  seen: { readonly bytes: number; readonly modifiedAt: number; readonly inode: number | null },
): void {
  writing(
    db,
    `UPDATE files SET state = 'stored', failure = NULL, priority = 0, bytes = ?, modified_at = ?, inode = ?
     WHERE id = ?`,
  ).run(seen.bytes, seen.modifiedAt, seen.inode, id);
}

export function setFileFolder(db: WriteDb, id: number, folderId: number | null): void {
  writing(db, "UPDATE files SET folder_id = ? WHERE id = ?").run(folderId, id);
}
