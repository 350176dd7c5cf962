import { createHash } from "node:crypto";
import type { FileContent, NewDocument, NewPassage } from "./file-content.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";
import { hiddenCollections } from "./hidden.ts";
import { wordsHashOf } from "./refresh-words.ts";

/** What a document of a file is known by when the file is read again: its key, else its position. */
export function documentName(document: Pick<NewDocument, "key">, ordinal: number): string {
  return document.key ?? `\u0000${ordinal}`;
}

/** The documents a file holds, by name; a key met twice keeps its first place. */
export function documentsByName(db: ReadDb, fileId: number): Map<string, number> {
  const rows = reading<{ id: number; key: string | null; ordinal: number }>(
    db,
    "SELECT id, key, ordinal FROM documents WHERE file_id = ? ORDER BY ordinal",
  ).all(fileId);
  const found = new Map<string, number>();
  for (const row of rows) {
    const name = documentName(row, row.ordinal);
    found.set(found.has(name) ? `\u0001${row.id}` : name, row.id);
  }
  return found;
}

/** The hash by which a document's stored text is known to be what it should be. */
export function textHashOf(document: NewDocument): Buffer {
  return createHash("sha256").update(document.text).digest();
}

/** Where a document stands. */
export interface DocumentPlace {
  readonly fileId: number;
  readonly collectionId: number;
  readonly ordinal: number;
}

/** Writes a document's own row, without its text and passages; gives its id. */
export function insertDocument(db: WriteDb, at: DocumentPlace, document: NewDocument): number {
  return Number(
    writing(
      db,
      `INSERT INTO documents (file_id, collection_id, ordinal, key, title, hash, characters, pages, passage_count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      at.fileId,
      at.collectionId,
      at.ordinal,
      document.key,
      document.title,
      textHashOf(document),
      document.text.length,
      document.pages,
      document.passages.length,
    ).lastInsertRowid,
  );
}

/** Writes a passage with its words; gives its id. */
export function insertPassage(db: WriteDb, documentId: number, ordinal: number, passage: NewPassage): number {
  const { page, slide, sheet, heading } = passage.place;
  const id = Number(
    writing(
      db,
      `INSERT INTO passages (document_id, ordinal, start, "end", page, slide, sheet, heading, hash, words_hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      documentId,
      ordinal,
      passage.start,
      passage.end,
      page ?? null,
      slide ?? null,
      sheet ?? null,
      heading ?? null,
      Buffer.from(passage.hash, "hex"),
      wordsHashOf(passage.head, passage.terms),
    ).lastInsertRowid,
  );
  insertWords(db, id, passage);
  return id;
}

/** Makes a passage's words searchable. */
export function insertWords(db: WriteDb, passageId: number, passage: NewPassage): void {
  writing(db, "INSERT INTO passages_fts (rowid, head, terms) VALUES (?, ?, ?)").run(
    passageId,
    passage.head,
    passage.terms,
  );
}

/** The collection a file stands in; null when it is gone, or hidden. */
export function collectionOfFile(db: ReadDb, fileId: number): number | null {
  const row = reading<{ collectionId: number }>(
    db,
    `SELECT collection_id AS collectionId FROM files WHERE id = ? AND collection_id NOT IN ${hiddenCollections}`,
  ).get(fileId);
  return row?.collectionId ?? null;
}

/**
 * The file is `stored` with this content, or still what it was where that was only cut anew. `keepsVectors`: no
 * passage is new, so its vectors are still complete.
 */
export function markStored(
  db: WriteDb,
  fileId: number,
  content: FileContent,
  at: { readonly firstDocument: number | null; readonly keepsVectors: boolean; readonly now: number },
): void {
  const { documents } = content;
  if (content.isRecut === true) return markRecut(db, fileId, content, at);
  writing(
    db,
    `UPDATE files SET state = 'stored', left_out = 0, format = ?, bytes = ?, modified_at = ?, inode = ?, content_hash = ?,
       indexed_at = ?, document_count = ?, passage_count = ?, title = ?, first_document_id = ?, failure = NULL,
       warnings = ?, vectors_fingerprint = CASE WHEN ? THEN vectors_fingerprint ELSE NULL END
     WHERE id = ?`,
  ).run(
    content.format,
    content.bytes,
    content.modifiedAt,
    content.inode ?? null,
    Buffer.from(content.contentHash, "hex"),
    at.now,
    documents.length,
    documents.reduce((sum, { passages }) => sum + passages.length, 0),
    documents[0]?.title ?? null,
    at.firstDocument,
    JSON.stringify(content.warnings),
    Number(at.keepsVectors),
    fileId,
  );
}

function markRecut(
  db: WriteDb,
  fileId: number,
  { bytes, modifiedAt, contentHash, documents }: FileContent,
  at: { readonly firstDocument: number | null; readonly keepsVectors: boolean; readonly now: number },
): void {
  writing(
    db,
    `UPDATE files SET bytes = ?, modified_at = ?, content_hash = ?, indexed_at = ?, passage_count = ?,
       first_document_id = ?, vectors_fingerprint = CASE WHEN ? THEN vectors_fingerprint ELSE NULL END
     WHERE id = ?`,
  ).run(
    bytes,
    modifiedAt,
    Buffer.from(contentHash, "hex"),
    at.now,
    documents.reduce((sum, { passages }) => sum + passages.length, 0),
    at.firstDocument,
    Number(at.keepsVectors),
    fileId,
  );
}
