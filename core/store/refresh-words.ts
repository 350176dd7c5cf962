import { createHash } from "node:crypto";
import { readDocumentText } from "./document-text.ts";
import { inTransaction, reading, writing, type WriteDb } from "./handle.ts";

/** The hash by which a passage's entry in the words index is known to be what it should be. */
export function wordsHashOf(head: string, terms: string): Buffer {
  return createHash("sha256").update(`${head}\n${terms}`).digest().subarray(0, 8);
}

interface Row {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly heading: string | null;
  readonly wordsHash: Buffer;
}

/**
 * Makes one document's words index what today's folding says, from the stored text, in one
 * transaction. Returns the id of the document it did; null after the last.
 */
export function refreshNextWords(
  db: WriteDb,
  afterId: number,
  toWords: (text: string) => string,
): number | null {
  const document = reading<{ id: number; title: string }>(
    db,
    "SELECT id, title FROM documents WHERE id > ? ORDER BY id LIMIT 1",
  ).get(afterId);
  if (!document) return null;
  const text = readDocumentText(db, document.id);
  const rows = reading<Row>(
    db,
    `SELECT id, start, "end", heading, words_hash AS wordsHash FROM passages WHERE document_id = ?`,
  ).all(document.id);
  inTransaction(db, () => {
    for (const { id, start, end, heading, wordsHash } of rows) {
      const head = toWords([document.title, heading].filter(Boolean).join("\n"));
      const terms = toWords(text.slice(start, end));
      const hash = wordsHashOf(head, terms);
      if (hash.equals(wordsHash)) continue;
      writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(id);
      writing(db, "INSERT INTO passages_fts (rowid, head, terms) VALUES (?, ?, ?)").run(id, head, terms);
      writing(db, "UPDATE passages SET words_hash = ? WHERE id = ?").run(hash, id);
    }
  });
  return document.id;
}
