import { hash } from "node:crypto";
import type { NewDocument, NewPassage } from "../../store/file-content.ts";
import { otherWork } from "../index/other-work.ts";
import { chunksOf, type Chunk, type ChunkOptions } from "./chunker.ts";
import type { ReadDocument, ReadResult } from "../readers/reader.ts";

/** What is embedded of a passage; its hash decides whether a vector can be taken over. */
export function embeddedText(passageText: string): string {
  return passageText;
}

/** Hex, 128 bits: the same text, the same vector. */
export function embeddedHash(passageText: string): string {
  return hash("sha256", embeddedText(passageText), "hex").slice(0, 32);
}

export interface TextDeps {
  /** Folded words of a text, as the search folds a question. */
  readonly toTerms: (text: string) => readonly string[];
  readonly chunkOptions: () => ChunkOptions;
}

/** Makes passages of a document's chunks: their words, those of title and headings, their hashes. */
export function makePassageMaker(
  text: string,
  title: string,
  toTerms: TextDeps["toTerms"],
): (chunk: Omit<Chunk, "tokens">) => NewPassage {
  const heads = new Map<string, string>();
  return ({ start, end, place }) => {
    const passageText = text.slice(start, end);
    const headText = [title, place.heading].filter(Boolean).join("\n");
    const head = heads.get(headText) ?? toTerms(headText).join(" ");
    heads.set(headText, head);
    const terms = toTerms(passageText).join(" ");
    return { start, end, place, terms, head, hash: embeddedHash(passageText) };
  };
}

/** Passages made before other work gets its turn. */
const passagesAtOnce = 64;
/** A document of more is a data dump: what comes after them is left out, and the file says so. */
const mostPassages = 200_000;

/**
 * Cuts what was read into passages with their words, letting other work run in between. A document
 * without a title takes the file's name; of one with more than `most` passages the end is left out, with a
 * warning `text-left-out:CHARACTERS`.
 */
export async function toDocuments(
  result: ReadResult,
  fileName: string,
  deps: TextDeps,
  signal: AbortSignal,
  most = mostPassages,
): Promise<{ documents: NewDocument[]; warnings: string[] }> {
  const documents: NewDocument[] = [];
  let leftOut = 0;
  let sinceYield = 0;
  for (const document of result.documents) {
    const title = titleOf(document, fileName);
    const passages: NewPassage[] = [];
    const toPassage = makePassageMaker(document.text, title, deps.toTerms);
    let length = document.text.length;
    for (const chunk of chunksOf(document, deps.chunkOptions())) {
      if (passages.length === most) {
        length = passages.at(-1)?.end ?? 0;
        leftOut += document.text.length - length;
        break;
      }
      passages.push(toPassage(chunk));
      sinceYield += 1;
      if (sinceYield < passagesAtOnce) continue;
      sinceYield = 0;
      await otherWork();
      signal.throwIfAborted();
    }
    documents.push({
      key: document.key,
      title,
      text: document.text.slice(0, length),
      pages: document.pages,
      passages,
    });
  }
  return { documents, warnings: leftOut > 0 ? [`text-left-out:${leftOut}`] : [] };
}

function titleOf(document: ReadDocument, fileName: string): string {
  const title = document.title?.trim();
  if (title) return title;
  return document.key ?? fileName;
}
