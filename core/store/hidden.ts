import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";
import { holdMerging, isMergingHeld, mergeWords } from "./merge-words.ts";
import { markDeletedWords } from "./purge.ts";

/** The collection of files that are going away, and of those whose text is still being stored. */
export const nowhere = 0;

/** The collections nobody sees, as a list for SQL's IN. */
export const hiddenCollections = "(SELECT id FROM collections WHERE hidden = 1)";

/** Their ids: few, and for queries that step over many rows. */
export function hiddenCollectionIds(db: ReadDb): number[] {
  return reading<{ id: number }>(db, "SELECT id FROM collections WHERE hidden = 1 ORDER BY id")
    .all()
    .map(({ id }) => id);
}

/** True while some document is hidden: searches then have to look at where a passage stands. */
export function hasHiddenDocuments(db: ReadDb): boolean {
  return (
    reading(db, `SELECT 1 FROM documents WHERE collection_id IN ${hiddenCollections} LIMIT 1`).get() !==
    undefined
  );
}

/** The ids of all documents that are hidden. */
export function hiddenDocumentIds(db: ReadDb): Set<number> {
  const rows = reading<{ id: number }>(
    db,
    `SELECT id FROM documents WHERE collection_id IN ${hiddenCollections}`,
  ).all();
  return new Set(rows.map(({ id }) => id));
}

/** A new file that nobody sees, for documents to stand in. */
export function makeHiddenFile(db: WriteDb): number {
  const path = "char(0) || (SELECT coalesce(max(id), 0) + 1 FROM files)";
  return Number(
    writing(
      db,
      `INSERT INTO files (collection_id, path, name, bytes, modified_at, state, left_out)
       VALUES (${nowhere}, ${path}, '', 0, 0, 'waiting', 1)`,
    ).run().lastInsertRowid,
  );
}

/** Documents that leave every search in the same transaction as their file; hits in the others are dropped. */
const hiddenAtOnce = 1_000;

/** Takes a file, and with it all it holds, out of sight; nothing of its name or path stays. */
export function hideFile(db: WriteDb, fileId: number): void {
  markDeletedWords(db, "removed");
  writing(
    db,
    `UPDATE files SET collection_id = ${nowhere}, folder_id = NULL, path = char(0) || id, name = '', name_key = '',
       state = 'waiting', left_out = 1, priority = 0, inode = NULL, content_hash = NULL, document_count = 0, passage_count = 0,
       title = NULL, first_document_id = NULL, failure = NULL, warnings = '[]', vectors_fingerprint = NULL
     WHERE id = ?`,
  ).run(fileId);
  writing(
    db,
    `UPDATE documents SET collection_id = ${nowhere} WHERE id IN (
       SELECT id FROM documents WHERE file_id = ? LIMIT ${hiddenAtOnce})`,
  ).run(fileId);
}

/** Moves a document, with all it holds, to a hidden file. */
export function hideDocument(db: WriteDb, documentId: number, hiddenFileId: number): void {
  writing(db, `UPDATE documents SET collection_id = ${nowhere}, file_id = ? WHERE id = ?`).run(
    hiddenFileId,
    documentId,
  );
}

/** Takes a collection, and with it all it holds, out of sight; its name is free again. */
export function hideCollection(db: WriteDb, collectionId: number): void {
  inReservedTransaction(db, () => {
    markDeletedWords(db, "removed");
    writing(db, "UPDATE collections SET hidden = 1, name = char(0) || id WHERE id = ?").run(collectionId);
  });
}

/** Takes up to `most` files of a hidden collection to where they are swept; gives how many. */
function hideFilesOf(db: WriteDb, collectionId: number, most: number): number {
  const files = reading<{ id: number }>(db, "SELECT id FROM files WHERE collection_id = ? LIMIT ?").all(
    collectionId,
    most,
  );
  for (const { id } of files) hideFile(db, id);
  return files.length;
}

/** What a step of sweeping deleted: a passage, or a row that held some. */
export type Swept = { readonly passageId: number } | null;

const rowsAtOnce = 200;
/** Blocks of text, which are some hundred times a row. */
const blocksAtOnce = 8;

/**
 * Deletes everything that is hidden but the files of `isKept`, a row or so a step: to be run some steps a
 * transaction, other work between them. Stopped anywhere, it goes on from there.
 */
export function* sweepHidden(db: WriteDb, isKept: (fileId: number) => boolean): Generator<Swept, void> {
  const nextCollection = reading<{ id: number }>(
    db,
    `SELECT id FROM collections WHERE hidden = 1 AND id != ${nowhere} LIMIT 1`,
  );
  for (let collection = nextCollection.get(); collection; collection = nextCollection.get()) {
    while (hideFilesOf(db, collection.id, 1) > 0) yield null;
    writing(db, "DELETE FROM collections WHERE id = ?").run(collection.id);
  }
  const nextFile = reading<{ id: number }>(
    db,
    `SELECT id FROM files WHERE collection_id = ${nowhere} AND name_key = '' AND id > ? ORDER BY id LIMIT 1`,
  );
  for (let file = nextFile.get(0); file; file = nextFile.get(file.id)) {
    if (isKept(file.id)) continue;
    yield* sweepDocuments(db, file.id);
    writing(db, "DELETE FROM files WHERE id = ?").run(file.id);
    yield null;
  }
  if (isMergingHeld(db)) yield* mergeWords(db);
}

function* sweepDocuments(db: WriteDb, fileId: number): Generator<Swept, void> {
  const nextDocument = reading<{ id: number }>(db, "SELECT id FROM documents WHERE file_id = ? LIMIT 1");
  const passages = reading<{ id: number }>(
    db,
    `SELECT id FROM passages WHERE document_id = ? LIMIT ${rowsAtOnce}`,
  );
  for (let document = nextDocument.get(fileId); document; document = nextDocument.get(fileId)) {
    // Whoever hid it for good has noted so; this one is of a long document that was replaced, or left half-way.
    markDeletedWords(db, "replaced");
    holdMerging(db);
    for (let rows = passages.all(document.id); rows.length > 0; rows = passages.all(document.id))
      for (const { id } of rows) {
        writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(id);
        writing(db, "DELETE FROM passages WHERE id = ?").run(id);
        yield { passageId: id };
      }
    while (deleteBlocks(db, document.id) > 0) for (let at = 0; at < rowsAtOnce; at++) yield null;
    writing(db, "DELETE FROM documents WHERE id = ?").run(document.id);
    yield null;
  }
}

function deleteBlocks(db: WriteDb, documentId: number): number {
  return writing(
    db,
    `DELETE FROM document_texts WHERE document_id = @documentId AND start IN (
       SELECT start FROM document_texts WHERE document_id = @documentId LIMIT ${blocksAtOnce})`,
  ).run({ documentId }).changes;
}
