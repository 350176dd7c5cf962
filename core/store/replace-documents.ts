import {
  collectionOfFile,
  documentName,
  documentsByName,
  insertDocument,
  insertPassage,
  insertWords,
  markStored,
  textHashOf,
  type DocumentPlace,
} from "./document-rows.ts";
import { writeDocumentText } from "./document-text.ts";
import type { FileContent, NewDocument, NewPassage } from "./file-content.ts";
import { inTransaction, reading, writing, type WriteDb } from "./handle.ts";
import { markDeletedWords } from "./purge.ts";
import { wordsHashOf } from "./refresh-words.ts";
import { deletePassages } from "./remove.ts";

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

interface Tally {
  added: number[];
  removed: number[];
  kept: number;
}

/**
 * Puts a file's documents, passages and full text in the place of what it held, in one transaction; long ones
 * come in slices (store-hidden.ts). Documents keep their id by key (else by position), passages by hash. The
 * file is `stored` after it; one that is gone takes nothing.
 */
export function replaceFileDocuments(
  db: WriteDb,
  fileId: number,
  content: FileContent,
  now: number,
): Replaced {
  return inTransaction(db, () => {
    const collectionId = collectionOfFile(db, fileId);
    if (collectionId === null) return { documents: 0, passages: 0, added: [], removed: [], kept: 0 };
    const old = documentsByName(db, fileId);
    const tally: Tally = { added: [], removed: [], kept: 0 };
    let passages = 0;
    let firstDocument: number | null = null;
    content.documents.forEach((document, ordinal) => {
      const name = documentName(document, ordinal);
      const known = old.get(name) ?? null;
      old.delete(name);
      const id = writeDocument(db, known, { fileId, collectionId, ordinal }, document);
      firstDocument ??= id;
      passages += document.passages.length;
      replacePassages(db, id, document, tally);
    });
    for (const id of old.values()) {
      for (const passage of deletePassages(db, id)) tally.removed.push(passage);
      writing(db, "DELETE FROM documents WHERE id = ?").run(id);
    }
    markStored(db, fileId, content, { firstDocument, keepsVectors: tally.added.length === 0, now });
    return { documents: content.documents.length, passages, ...tally };
  });
}

function writeDocument(
  db: WriteDb,
  knownId: number | null,
  at: DocumentPlace,
  document: NewDocument,
): number {
  if (knownId === null) {
    const id = insertDocument(db, at, document);
    writeDocumentText(db, id, document.text);
    return id;
  }
  const hash = textHashOf(document);
  const before = reading<{ hash: Buffer }>(db, "SELECT hash FROM documents WHERE id = ?").get(knownId);
  writing(
    db,
    `UPDATE documents SET ordinal = ?, key = ?, title = ?, hash = ?, characters = ?, pages = ?, passage_count = ? WHERE id = ?`,
  ).run(
    at.ordinal,
    document.key,
    document.title,
    hash,
    document.text.length,
    document.pages,
    document.passages.length,
    knownId,
  );
  if (!before || !hash.equals(before.hash)) writeDocumentText(db, knownId, document.text);
  return knownId;
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
    if (known) {
      movePassage(db, known, ordinal, passage);
      tally.kept += 1;
    } else tally.added.push(insertPassage(db, documentId, ordinal, passage));
  });
  for (const gone of [...old.values()].flat()) {
    markDeletedWords(db, "replaced");
    writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(gone.id);
    writing(db, "DELETE FROM passages WHERE id = ?").run(gone.id);
    tally.removed.push(gone.id);
  }
}

/** A passage whose text stayed: where it stands, and its words where they are others now. */
function movePassage(db: WriteDb, known: OldPassage, ordinal: number, passage: NewPassage): void {
  const { page, slide, sheet, heading } = passage.place;
  const wordsHash = wordsHashOf(passage.head, passage.terms);
  writing(
    db,
    `UPDATE passages SET ordinal = ?, start = ?, "end" = ?, page = ?, slide = ?, sheet = ?, heading = ?, words_hash = ? WHERE id = ?`,
  ).run(
    ordinal,
    passage.start,
    passage.end,
    page ?? null,
    slide ?? null,
    sheet ?? null,
    heading ?? null,
    wordsHash,
    known.id,
  );
  if (known.wordsHash === wordsHash.toString("hex")) return;
  markDeletedWords(db, "replaced");
  writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(known.id);
  insertWords(db, known.id, passage);
}
