import { hash } from "node:crypto";
import { readDocumentSlice } from "./document-text.ts";
import { reading, writing, type WriteDb } from "./handle.ts";
import { markDeletedWords } from "./purge.ts";

/** The hash by which a passage's entry in the words index is known to be what it should be. */
export function wordsHashOf(head: string, terms: string): Buffer {
  return hash("sha256", `${head}\n${terms}`, "buffer").subarray(0, 8);
}

interface Row {
  readonly id: number;
  readonly documentId: number;
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly heading: string | null;
  readonly wordsHash: Buffer;
}

/**
 * Makes the words index what today's folding says, from the stored text, a passage a step: to be run some steps a
 * transaction, other work between them. Stopped half-way it starts again, and writes only what is still wrong.
 */
export function* refreshAllWords(db: WriteDb, toWords: (text: string) => string): Generator<null, void> {
  const next = reading<Row>(
    db,
    `SELECT p.id, p.document_id AS documentId, d.title, p.start, p."end", p.heading, p.words_hash AS wordsHash
     FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.id > ? ORDER BY p.id LIMIT 1`,
  );
  for (let row = next.get(0); row; row = next.get(row.id)) {
    const { id, documentId, title, start, end, heading, wordsHash } = row;
    const head = toWords([title, heading].filter(Boolean).join("\n"));
    const terms = toWords(readDocumentSlice(db, documentId, start, end));
    const words = wordsHashOf(head, terms);
    if (!words.equals(wordsHash)) {
      markDeletedWords(db, "replaced");
      writing(db, "DELETE FROM passages_fts WHERE rowid = ?").run(id);
      writing(db, "INSERT INTO passages_fts (rowid, head, terms) VALUES (?, ?, ?)").run(id, head, terms);
      writing(db, "UPDATE passages SET words_hash = ? WHERE id = ?").run(words, id);
    }
    yield null;
  }
}
