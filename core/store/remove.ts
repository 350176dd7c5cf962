import { deleteCollection } from "./collections.ts";
import { inTransaction, reading, writing, type WriteDb } from "./handle.ts";

/** Deletes a document's passages and their words; returns the ids whose vectors have to go. */
export function deletePassages(db: WriteDb, documentId: number): number[] {
  const ids = reading<{ id: number }>(db, "SELECT id FROM passages WHERE document_id = ?")
    .all(documentId)
    .map((row) => row.id);
  const words = writing(db, "DELETE FROM passages_fts WHERE rowid = ?");
  for (const id of ids) words.run(id);
  writing(db, "DELETE FROM passages WHERE document_id = ?").run(documentId);
  return ids;
}

function removeFile(db: WriteDb, fileId: number): number[] {
  const removed = emptyFile(db, fileId);
  writing(db, "DELETE FROM files WHERE id = ?").run(fileId);
  return removed;
}

function emptyFile(db: WriteDb, fileId: number): number[] {
  const documents = reading<{ id: number }>(db, "SELECT id FROM documents WHERE file_id = ?").all(fileId);
  const removed: number[] = [];
  for (const { id } of documents) {
    for (const passage of deletePassages(db, id)) removed.push(passage);
    writing(db, "DELETE FROM documents WHERE id = ?").run(id);
  }
  return removed;
}

/** Removes files with all they hold, in one transaction; returns the passages whose vectors have to go. */
export function removeFiles(db: WriteDb, fileIds: readonly number[]): number[] {
  return inTransaction(db, () => fileIds.flatMap((id) => removeFile(db, id)));
}

/** Removes one document; a file that holds no other goes with it. */
export function removeDocument(db: WriteDb, documentId: number): number[] {
  return inTransaction(db, () => {
    const file = reading<{ id: number; documents: number }>(
      db,
      "SELECT f.id, f.document_count AS documents FROM files f JOIN documents d ON d.file_id = f.id WHERE d.id = ?",
    ).get(documentId);
    if (!file) return [];
    if (file.documents <= 1) return removeFile(db, file.id);
    const removed = deletePassages(db, documentId);
    writing(db, "DELETE FROM documents WHERE id = ?").run(documentId);
    writing(
      db,
      `UPDATE files SET document_count = document_count - 1, passage_count = passage_count - @passages,
         first_document_id = (SELECT id FROM documents WHERE file_id = @id ORDER BY ordinal LIMIT 1) WHERE id = @id`,
    ).run({ id: file.id, passages: removed.length });
    return removed;
  });
}

/** Takes everything out of a file whose new content cannot be read; the row stays. */
export function clearFile(db: WriteDb, fileId: number): number[] {
  return inTransaction(db, () => {
    const removed = emptyFile(db, fileId);
    writing(
      db,
      `UPDATE files SET document_count = 0, passage_count = 0, title = NULL, first_document_id = NULL, content_hash = NULL,
         vectors_fingerprint = NULL, warnings = '[]' WHERE id = ?`,
    ).run(fileId);
    return removed;
  });
}

/** Removes a collection with its folders and files, in one transaction. */
export function removeCollection(db: WriteDb, collectionId: number): number[] {
  return inTransaction(db, () => {
    const files = reading<{ id: number }>(db, "SELECT id FROM files WHERE collection_id = ?").all(
      collectionId,
    );
    const removed = files.flatMap(({ id }) => removeFile(db, id));
    deleteCollection(db, collectionId);
    return removed;
  });
}

/** Rewrites the words index without what was deleted, so that no word of it is left in any page. */
export function purgeDeletedWords(db: WriteDb): void {
  writing(db, "INSERT INTO passages_fts (passages_fts) VALUES ('optimize')").run();
}
