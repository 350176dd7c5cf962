import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** UTF-16 code units a block: a passage then reads one or two blocks, not a whole book. */
const blockLength = 32_768;

/** Stores a document's text, in blocks that never part a surrogate pair. */
export function writeDocumentText(db: WriteDb, documentId: number, text: string): void {
  writing(db, "DELETE FROM document_texts WHERE document_id = ?").run(documentId);
  for (const block of textBlocks(text)) writeTextBlock(db, documentId, block);
}

interface TextBlock {
  readonly start: number;
  readonly text: string;
}

/** A text in the blocks that it is stored in. */
export function* textBlocks(text: string): Generator<TextBlock> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + blockLength, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1;
    yield { start, text: text.slice(start, end) };
    start = end;
  }
}

/** Stores a block of a document that has none at this place. */
export function writeTextBlock(db: WriteDb, documentId: number, { start, text }: TextBlock): void {
  writing(db, "INSERT INTO document_texts (document_id, start, text) VALUES (?, ?, ?)").run(
    documentId,
    start,
    text,
  );
}

/** `text.slice(start, end)` of a document's text. */
export function readDocumentSlice(db: ReadDb, documentId: number, start: number, end: number): string {
  const blocks = reading<{ start: number; text: string }>(
    db,
    `SELECT start, text FROM document_texts WHERE document_id = @documentId AND start < @end
       AND start >= (SELECT coalesce(max(start), 0) FROM document_texts WHERE document_id = @documentId AND start <= @start)
     ORDER BY start`,
  ).all({ documentId, start, end });
  const first = blocks[0];
  if (!first) return "";
  return blocks
    .map((block) => block.text)
    .join("")
    .slice(start - first.start, end - first.start);
}

/** A document's whole text. */
export function readDocumentText(db: ReadDb, documentId: number): string {
  return readDocumentSlice(db, documentId, 0, Number.MAX_SAFE_INTEGER);
}
