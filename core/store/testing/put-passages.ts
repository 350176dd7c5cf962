import { inTransaction, type WriteDb } from "../handle.ts";

/** A passage with its words, as a test wants it to stand in the library. */
export interface TestPassage {
  readonly id: number;
  readonly documentId: number;
  readonly collectionId: number;
  readonly hash: string;
  readonly head: string;
  readonly terms: string;
}

/** Puts passages with these very ids into the library, with the collections, files and documents they need. */
export function putPassages(db: WriteDb, passages: readonly TestPassage[]): void {
  inTransaction(db, () => {
    for (const { id, documentId, collectionId, hash, head, terms } of passages) {
      db.prepare("INSERT OR IGNORE INTO collections (id, name, reach) VALUES (?, ?, 'device')").run(
        collectionId,
        `c${collectionId}`,
      );
      db.prepare(
        `INSERT OR IGNORE INTO files (id, collection_id, path, name, bytes, modified_at, state)
         VALUES (?, ?, ?, 'f', 1, 1, 'stored')`,
      ).run(collectionId, collectionId, `/${collectionId}`);
      db.prepare(
        `INSERT OR IGNORE INTO documents (id, file_id, collection_id, ordinal, title, hash, characters, passage_count)
         VALUES (?, ?, ?, ?, '', x'', 0, 0)`,
      ).run(documentId, collectionId, collectionId, documentId);
      db.prepare(
        "INSERT INTO passages (id, document_id, ordinal, start, \"end\", hash, words_hash) VALUES (?, ?, ?, 0, 0, ?, x'')",
      ).run(id, documentId, id, Buffer.from(hash, "hex"));
      db.prepare("INSERT INTO passages_fts (rowid, head, terms) VALUES (?, ?, ?)").run(id, head, terms);
    }
  });
}
