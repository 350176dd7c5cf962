import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type WriteDb } from "./handle.ts";
import { hideDocument, hideFile, makeHiddenFile } from "./hidden.ts";
import { markDeletedWords } from "./purge.ts";

/** Deletes a document's passages and their words; returns the ids whose vectors have to go. */
export function deletePassages(db: WriteDb, documentId: number): number[] {
  const ids = reading<{ id: number }>(db, "SELECT id FROM passages WHERE document_id = ?")
    .all(documentId)
    .map((row) => row.id);
  if (ids.length > 0) markDeletedWords(db, "replaced");
  const words = writing(db, "DELETE FROM passages_fts WHERE rowid = ?");
  for (const id of ids) words.run(id);
  writing(db, "DELETE FROM passages WHERE document_id = ?").run(documentId);
  return ids;
}

/** Removes files from every list and search, in one transaction; what they hold is swept afterwards. */
export function removeFiles(db: WriteDb, fileIds: readonly number[]): void {
  inReservedTransaction(db, () => {
    for (const id of fileIds) hideFile(db, id);
  });
}

/** Removes one document as `removeFiles` does; a file that holds no other goes with it. */
export function removeDocument(db: WriteDb, documentId: number): void {
  inReservedTransaction(db, () => {
    const row = reading<{ fileId: number; documents: number; passages: number }>(
      db,
      `SELECT f.id AS fileId, f.document_count AS documents, d.passage_count AS passages
       FROM files f JOIN documents d ON d.file_id = f.id WHERE d.id = ?`,
    ).get(documentId);
    if (!row) return;
    if (row.documents <= 1) return hideFile(db, row.fileId);
    markDeletedWords(db, "removed");
    hideDocument(db, documentId, makeHiddenFile(db));
    writing(
      db,
      `UPDATE files SET document_count = document_count - 1, passage_count = passage_count - @passages,
         first_document_id = (SELECT id FROM documents WHERE file_id = @fileId ORDER BY ordinal LIMIT 1)
       WHERE id = @fileId`,
    ).run({ fileId: row.fileId, passages: row.passages });
  });
}

const documentsAtOnce = 100;

/**
 * Takes everything out of a file whose new content cannot be read, some documents a step; the row stays. A
 * kill leaves one to be read again.
 */
export function* clearFile(db: WriteDb, fileId: number): Generator<null, void> {
  const documents = reading<{ id: number }>(
    db,
    `SELECT id FROM documents WHERE file_id = ? LIMIT ${documentsAtOnce}`,
  );
  let hiddenFileId: number | null = null;
  for (let rows = documents.all(fileId); rows.length > 0; rows = documents.all(fileId)) {
    hiddenFileId ??= makeHiddenFile(db);
    for (const { id } of rows) {
      hideDocument(db, id, hiddenFileId);
      yield null;
    }
  }
  writing(
    db,
    `UPDATE files SET document_count = 0, passage_count = 0, title = NULL, first_document_id = NULL, content_hash = NULL,
       vectors_fingerprint = NULL, warnings = '[]' WHERE id = ?`,
  ).run(fileId);
}

/** Removes up to `most` files of a folder as `removeFiles` does; gives how many. */
export function removeFilesOfFolder(db: WriteDb, folderId: number, most: number): number {
  const rows = reading<{ id: number }>(db, "SELECT id FROM files WHERE folder_id = ? LIMIT ?").all(
    folderId,
    most,
  );
  removeFiles(
    db,
    rows.map(({ id }) => id),
  );
  return rows.length;
}
