import { documentsOfFile, passagePlacesOf } from "../../store/documents.ts";
import { readDocumentText } from "../../store/document-text.ts";
import type { FileContent, NewDocument, NewPassage } from "../../store/file-content.ts";
import { getFile } from "../../store/files.ts";
import { inTransaction } from "../../store/handle.ts";
import { replaceFileDocuments } from "../../store/replace-documents.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { otherWork } from "../index/other-work.ts";
import { chunkDocument, chunkOptionsFor, roomOf, type Chunk, type ChunkOptions } from "./chunker.ts";
import { makePassageMaker, type TextDeps } from "./indexer-text.ts";
import { isLong, rowsOf, storeLong, type StoreLongDeps } from "./store-long.ts";
import { exactTokenCounter } from "./token-counter.ts";

export interface RecutDeps extends StoreLongDeps, Pick<TextDeps, "toTerms"> {}

/** See `recutFile`. */
export type RecutFile = (
  fileId: number,
  embedder: Embedder,
  signal: AbortSignal,
) => Promise<readonly number[] | null>;

/** Passages looked at before other work gets its turn. */
const passagesAtOnce = 64;

/**
 * Cuts the passages of a file that the model would see only the beginning of (they were cut without a model, or for
 * another one) into shorter ones; the others keep their id and vector. Gives the passages whose vectors have to go;
 * null: there was nothing to cut, or the file is gone or changed meanwhile.
 */
export async function recutFile(
  deps: RecutDeps,
  fileId: number,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<readonly number[] | null> {
  const { db } = deps;
  const file = getFile(db, fileId);
  if (!file?.contentHash || !file.format) return null;
  const { format, bytes, modifiedAt, contentHash, warnings } = file;
  const heads = documentsOfFile(db, fileId, 0, Number.MAX_SAFE_INTEGER);
  const cutter = makeCutter(embedder);
  const documents: NewDocument[] = [];
  let isCut = false;
  for (const { id, key, title, pages } of heads) {
    const text = readDocumentText(db, id);
    const toPassage = makePassageMaker(text, title, deps.toTerms);
    const passages: NewPassage[] = [];
    for (const [at, place] of passagePlacesOf(db, id).entries()) {
      const chunks = cutter(text, place);
      isCut ||= chunks.length > 1;
      for (const chunk of chunks) passages.push(toPassage(chunk));
      if (at % passagesAtOnce !== 0) continue;
      await otherWork();
      signal.throwIfAborted();
    }
    documents.push({ key, title, text, pages, passages });
  }
  if (!isCut) return null;
  const content = { format, bytes, modifiedAt, contentHash, warnings, documents, isRecut: true };
  const isAsRead = (): boolean => {
    const now = documentsOfFile(db, fileId, 0, Number.MAX_SAFE_INTEGER);
    return (
      getFile(db, fileId)?.indexedAt === file.indexedAt &&
      now.length === heads.length &&
      now.every(({ id }, ordinal) => id === heads[ordinal]?.id)
    );
  };
  return put(deps, fileId, { content, isAsRead }, file.passages, signal);
}

interface Recut {
  readonly content: FileContent;
  /** The file still holds what the content was made of. */
  readonly isAsRead: () => boolean;
}

async function put(
  deps: RecutDeps,
  fileId: number,
  { content, isAsRead }: Recut,
  passagesBefore: number,
  signal: AbortSignal,
): Promise<readonly number[] | null> {
  if (isLong(rowsOf(content, passagesBefore), content))
    return (await storeLong(deps, fileId, content, signal, isAsRead)) ? [] : null;
  return inTransaction(deps.db, () =>
    isAsRead() ? replaceFileDocuments(deps.db, fileId, content, deps.now()).removed : null,
  );
}

/** Gives the chunks of a stored passage: itself, unless it is too long for the model. */
function makeCutter(
  embedder: Embedder,
): (text: string, passage: Omit<Chunk, "tokens">) => Omit<Chunk, "tokens">[] {
  const count = exactTokenCounter(embedder);
  const options: ChunkOptions = { ...chunkOptionsFor(embedder), count };
  const room = roomOf(embedder);
  return (text, { start, end, place }) =>
    count(text, start, end) <= room
      ? [{ start, end, place }]
      : chunkDocument(
          { key: null, title: null, text, pages: null, sections: [{ start, end, place }] },
          options,
        );
}
