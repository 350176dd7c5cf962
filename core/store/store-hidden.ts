import {
  collectionOfFile,
  documentName,
  documentsByName,
  insertDocument,
  insertPassage,
  markStored,
  textHashOf,
} from "./document-rows.ts";
import { textBlocks, writeTextBlock } from "./document-text.ts";
import type { FileContent, NewDocument } from "./file-content.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";
import { hideDocument, makeHiddenFile, nowhere } from "./hidden.ts";
import { markDeletedWords } from "./purge.ts";
import { wordsHashOf } from "./refresh-words.ts";
import { markedDocuments, moveMarks } from "./saved-questions.ts";

/** A file's new documents, whole, where nobody sees them yet. */
export interface Arrival {
  /** The file they stand in: those they replace are moved there when they are shown. */
  readonly hiddenFileId: number;
  readonly documents: readonly {
    readonly id: number;
    readonly ordinal: number;
    /** The document it takes the place of; the same id for one that stays as it is. */
    readonly replaces: number | null;
  }[];
  /** Documents of the file that no new one takes the place of. */
  readonly gone: readonly number[];
}

/** Rows that a step counts as; a block of text is written in the time of some hundred rows. */
const rowsOfBlock = 50;
/** A document up to here is compared with the one it would replace. */
const mostCompared = 200;

/**
 * Stores a file's documents where no list and no search sees them, a row or so a step: to be run some steps a
 * transaction, other work between them. Until they are shown, `hiddenFileId` (given to `begun`) must be kept
 * from the sweeper; left half-way, it sweeps them away.
 */
export function* storeHidden(
  db: WriteDb,
  fileId: number,
  content: FileContent,
  begun: (hiddenFileId: number) => void,
): Generator<null, Arrival> {
  const hiddenFileId = makeHiddenFile(db);
  begun(hiddenFileId);
  const old = documentsByName(db, fileId);
  const documents: Arrival["documents"][number][] = [];
  for (const [ordinal, document] of content.documents.entries()) {
    const name = documentName(document, ordinal);
    const replaces = old.get(name) ?? null;
    old.delete(name);
    const isSame = replaces !== null && isStoredAs(db, replaces, document);
    const id = isSame
      ? replaces
      : insertDocument(db, { fileId: hiddenFileId, collectionId: nowhere, ordinal }, document);
    documents.push({ id, ordinal, replaces });
    if (!isSame) yield* storeText(db, id, document);
    yield null;
  }
  return { hiddenFileId, documents, gone: [...old.values()] };
}

function* storeText(db: WriteDb, id: number, document: NewDocument): Generator<null, void> {
  for (const block of textBlocks(document.text)) {
    writeTextBlock(db, id, block);
    for (let row = 0; row < rowsOfBlock; row++) yield null;
  }
  for (const [ordinal, passage] of document.passages.entries()) {
    insertPassage(db, id, ordinal, passage);
    yield null;
  }
}

/** True when the stored document is this one, passage by passage. */
function isStoredAs(db: ReadDb, documentId: number, document: NewDocument): boolean {
  const { passages } = document;
  if (passages.length > mostCompared) return false;
  const head = reading<{ title: string; hash: Buffer; pages: number | null; passages: number }>(
    db,
    "SELECT title, hash, pages, passage_count AS passages FROM documents WHERE id = ?",
  ).get(documentId);
  if (head?.title !== document.title || head.pages !== document.pages || head.passages !== passages.length)
    return false;
  if (!head.hash.equals(textHashOf(document))) return false;
  const rows = reading<{ place: string }>(
    db,
    `SELECT json_array(start, "end", page, slide, sheet, heading, lower(hex(hash)), lower(hex(words_hash))) AS place
     FROM passages WHERE document_id = ? ORDER BY ordinal`,
  ).all(documentId);
  return passages.every(({ start, end, place, hash, head: headTerms, terms }, at) => {
    const { page = null, slide = null, sheet = null, heading = null } = place;
    const words = wordsHashOf(headTerms, terms).toString("hex");
    return rows[at]?.place === JSON.stringify([start, end, page, slide, sheet, heading, hash, words]);
  });
}

/**
 * Puts documents that are whole in the place of those the file held, each at once, a document a step. The file is
 * `stored` after the last; one that is gone meanwhile takes nothing, and a kill leaves one to be read again.
 */
export function* showArrival(
  db: WriteDb,
  fileId: number,
  { hiddenFileId, documents, gone }: Arrival,
  content: FileContent,
  now: number,
): Generator<null, void> {
  // It holds less than it says until the end: whatever becomes of this, the next look at it finds a change.
  writing(db, "UPDATE files SET bytes = 0, modified_at = 0, content_hash = NULL WHERE id = ?").run(fileId);
  const marked = markedDocuments(db);
  const show = writing(
    db,
    "UPDATE documents SET ordinal = ?, file_id = ?, collection_id = (SELECT collection_id FROM files WHERE id = ?) WHERE id = ?",
  );
  for (const { id, ordinal, replaces } of documents) {
    if (replaces !== null && replaces !== id) {
      hideDocument(db, replaces, hiddenFileId);
      if (marked.has(replaces)) moveMarks(db, replaces, id);
    }
    show.run(ordinal, fileId, fileId, id);
    yield null;
  }
  for (const id of gone) {
    hideDocument(db, id, hiddenFileId);
    yield null;
  }
  const keepsVectors = documents.every(({ id, replaces }) => id === replaces);
  // Removed while its text was being stored, perhaps after a purge for its removal.
  if (collectionOfFile(db, fileId) === null) return markDeletedWords(db, "removed");
  markStored(db, fileId, content, { firstDocument: documents[0]?.id ?? null, keepsVectors, now });
}
