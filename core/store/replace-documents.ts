import { createHash } from "node:crypto";
import type { Format, Place } from "../contract/documents.ts";
import { writeDocumentText } from "./document-text.ts";
import { inTransaction, reading, writing, type WriteDb } from "./handle.ts";
import { wordsHashOf } from "./refresh-words.ts";
import { deletePassages } from "./remove.ts";

export interface NewPassage {
  /** Offsets in the document's text. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** Folded words of the passage, joined by blanks. */
  readonly terms: string;
  /** Folded words of title and headings, joined by blanks. */
  readonly head: string;
  /** Hex hash of exactly what is embedded: equal hash, equal vector. */
  readonly hash: string;
}

export interface NewDocument {
  readonly key: string | null;
  readonly title: string;
  readonly text: string;
  readonly pages: number | null;
  readonly passages: readonly NewPassage[];
}

export interface FileContent {
  readonly format: Format;
  readonly bytes: number;
  readonly modifiedAt: number;
  /** SHA-256 of the bytes that were read, hex. */
  readonly contentHash: string;
  readonly warnings: readonly string[];
  readonly documents: readonly NewDocument[];
}

export interface Replaced {
  readonly documents: number;
  readonly passages: number;
  /** Passages whose vector has to come. */
  readonly added: readonly number[];
  /** Passages that are gone: their vectors have to go. */
  readonly removed: readonly number[];
  /** Passages whose text stayed: same id, same vector. */
  readonly kept: number;
}

interface OldPassage {
  id: number;
  hash: string;
  wordsHash: string;
}

/**
 * Puts a file's documents, passages and full text in the place of what it held, in one transaction.
 * Documents keep their id by key (else by position), passages by hash. The file is `stored` after it.
 */
export function replaceFileDocuments(
  db: WriteDb,
  fileId: number,
  content: FileContent,
  now: number,
): Replaced {
  return inTransaction(db, () => {
    const file = reading<{ collectionId: number }>(
      db,
      "SELECT collection_id AS collectionId FROM files WHERE id = ?",
    ).get(fileId);
    if (!file) return { documents: 0, passages: 0, added: [], removed: [], kept: 0 };
    const old = oldDocuments(db, fileId);
    const tally: Tally = { added: [], removed: [], kept: 0 };
    let passages = 0;
    let first: number | null = null;
    content.documents.forEach((document, ordinal) => {
      const name = document.key ?? `\u0000${ordinal}`;
      const known = old.get(name);
      old.delete(name);
      const id = writeDocument(
        db,
        { id: known ?? null, fileId, collectionId: file.collectionId, ordinal },
        document,
      );
      first ??= id;
      passages += document.passages.length;
      replacePassages(db, id, document, tally);
    });
    for (const id of old.values()) {
      for (const passage of deletePassages(db, id)) tally.removed.push(passage);
      writing(db, "DELETE FROM documents WHERE id = ?").run(id);
    }
    const documents = content.documents.length;
    writing(
      db,
      `UPDATE files SET state = 'stored', format = ?, bytes = ?, modified_at = ?, content_hash = ?, indexed_at = ?,
         document_count = ?, passage_count = ?, title = ?, first_document_id = ?, failure = NULL, warnings = ?,
         vectors_fingerprint = CASE WHEN ? THEN vectors_fingerprint ELSE NULL END
       WHERE id = ?`,
    ).run(
      content.format,
      content.bytes,
      content.modifiedAt,
      Buffer.from(content.contentHash, "hex"),
      now,
      documents,
      passages,
      content.documents[0]?.title ?? null,
      first,
      JSON.stringify(content.warnings),
      tally.added.length === 0 ? 1 : 0,
      fileId,
    );
    return { documents, passages, added: tally.added, removed: tally.removed, kept: tally.kept };
  });
}

interface Tally {
  added: number[];
  removed: number[];
  kept: number;
}

/** The documents a file holds, by key or position; a key met twice keeps its first place. */
function oldDocuments(db: WriteDb, fileId: number): Map<string, number> {
  const rows = reading<{ id: number; key: string | null; ordinal: number }>(
    db,
    "SELECT id, key, ordinal FROM documents WHERE file_id = ? ORDER BY ordinal",
  ).all(fileId);
  const found = new Map<string, number>();
  for (const row of rows) {
    const name = row.key ?? `\u0000${row.ordinal}`;
    found.set(found.has(name) ? `\u0001${row.id}` : name, row.id);
  }
  return found;
}

interface DocumentPlace {
  readonly id: number | null;
  readonly fileId: number;
  readonly collectionId: number;
  readonly ordinal: number;
}

function writeDocument(db: WriteDb, at: DocumentPlace, document: NewDocument): number {
  const hash = createHash("sha256").update(document.text).digest();
  const values = [
    at.ordinal,
    document.key,
    document.title,
    hash,
    document.text.length,
    document.pages,
    document.passages.length,
  ];
  if (at.id === null) {
    const id = Number(
      writing(
        db,
        `INSERT INTO documents (file_id, collection_id, ordinal, key, title, hash, characters, pages, passage_count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(at.fileId, at.collectionId, ...values).lastInsertRowid,
    );
    writeDocumentText(db, id, document.text);
    return id;
  }
  const before = reading<{ hash: Buffer }>(db, "SELECT hash FROM documents WHERE id = ?").get(at.id);
  writing(
    db,
    `UPDATE documents SET ordinal = ?, key = ?, title = ?, hash = ?, characters = ?, pages = ?, passage_count = ? WHERE id = ?`,
  ).run(...values, at.id);
  if (!before || !hash.equals(before.hash)) writeDocumentText(db, at.id, document.text);
  return at.id;
}

function replacePassages(db: WriteDb, documentId: number, document: NewDocument, tally: Tally): void {
  const old = new Map<string, OldPassage[]>();
  const rows = reading<OldPassage>(
    db,
    `SELECT id, lower(hex(hash)) AS hash, lower(hex(words_hash)) AS wordsHash FROM passages WHERE document_id = ? ORDER BY ordinal DESC`,
  ).all(documentId);
  for (const row of rows) {
    const same = old.get(row.hash);
    if (same) same.push(row);
    else old.set(row.hash, [row]);
  }
  document.passages.forEach((passage, ordinal) => {
    const known = old.get(passage.hash)?.pop();
    const wordsHash = wordsHashOf(passage.head, passage.terms);
    const id = writePassage(db, documentId, known?.id ?? null, ordinal, passage, wordsHash);
    if (known) tally.kept += 1;
    else tally.added.push(id);
    if (known?.wordsHash === wordsHash.toString("hex")) return;
    if (known) writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(id);
    writing(db, "INSERT INTO passages_fts (rowid, head, terms) VALUES (?, ?, ?)").run(
      id,
      passage.head,
      passage.terms,
    );
  });
  for (const gone of [...old.values()].flat()) {
    writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(gone.id);
    writing(db, "DELETE FROM passages WHERE id = ?").run(gone.id);
    tally.removed.push(gone.id);
  }
}

function writePassage(
  db: WriteDb,
  documentId: number,
  id: number | null,
  ordinal: number,
  passage: NewPassage,
  wordsHash: Buffer,
): number {
  const { page, slide, sheet, heading } = passage.place;
  const values = [
    ordinal,
    passage.start,
    passage.end,
    page ?? null,
    slide ?? null,
    sheet ?? null,
    heading ?? null,
    wordsHash,
  ];
  if (id !== null) {
    writing(
      db,
      `UPDATE passages SET ordinal = ?, start = ?, "end" = ?, page = ?, slide = ?, sheet = ?, heading = ?, words_hash = ? WHERE id = ?`,
    ).run(...values, id);
    return id;
  }
  return Number(
    writing(
      db,
      `INSERT INTO passages (ordinal, start, "end", page, slide, sheet, heading, words_hash, hash, document_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(...values, Buffer.from(passage.hash, "hex"), documentId).lastInsertRowid,
  );
}
