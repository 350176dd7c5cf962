import { createHash } from "node:crypto";
import type { NewDocument } from "../../store/file-content.ts";
import { otherWork } from "../index/other-work.ts";
import { chunksOf, type ChunkOptions } from "./chunker.ts";
import type { ReadDocument, ReadResult } from "../readers/reader.ts";

/** What is embedded of a passage; its hash decides whether a vector can be taken over. */
export function embeddedText(passageText: string): string {
  return passageText;
}

/** Hex, 128 bits: the same text, the same vector. */
export function embeddedHash(passageText: string): string {
  return createHash("sha256").update(embeddedText(passageText)).digest("hex").slice(0, 32);
}

export interface TextDeps {
  /** Folded words of a text, as the search folds a question. */
  readonly toTerms: (text: string) => readonly string[];
  readonly chunkOptions: () => ChunkOptions;
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
    const passages: NewDocument["passages"][number][] = [];
    const heads = new Map<string, string>();
    let length = document.text.length;
    for (const { start, end, place } of chunksOf(document, deps.chunkOptions())) {
      if (passages.length === most) {
        length = passages.at(-1)?.end ?? 0;
        leftOut += document.text.length - length;
        break;
      }
      const text = document.text.slice(start, end);
      const headText = [title, place.heading].filter(Boolean).join("\n");
      const head = heads.get(headText) ?? deps.toTerms(headText).join(" ");
      heads.set(headText, head);
      passages.push({
        start,
        end,
        place,
        terms: deps.toTerms(text).join(" "),
        head,
        hash: embeddedHash(text),
      });
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
