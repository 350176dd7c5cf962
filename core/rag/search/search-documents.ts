import type { SearchCopy, SearchRequest } from "../../contract/search.ts";
import type { Retriever } from "./retriever.ts";

/** Passages that are asked for at most, however many of them are of one document. */
const MOST_PASSAGES = 10_000;

/** A document by the name that judgments and runs give it, with the score of its best passage. */
export interface RankedDocument {
  readonly name: string;
  readonly score: number;
}

/**
 * The best `k` documents, each in the place of its best passage; a text that stands in several ranks them all.
 * Several passages may be of one document: more are asked for until there are enough documents or no more.
 */
export async function searchDocuments(
  retriever: Retriever,
  request: SearchRequest,
  nameOf: (place: SearchCopy) => string,
  signal: AbortSignal,
): Promise<RankedDocument[]> {
  let before = -1;
  for (let passages = Math.ceil(request.k * 1.5); ; passages *= 3) {
    const { hits } = await retriever.search({ ...request, k: Math.min(passages, MOST_PASSAGES) }, signal);
    const best = new Map<string, number>();
    for (const hit of hits) {
      for (const name of [hit, ...hit.copies].map(nameOf)) if (!best.has(name)) best.set(name, hit.score);
    }
    // Merged neighbours and duplicates make less of many passages: only a search that finds no more is the last.
    const isLast = hits.length === before || passages >= MOST_PASSAGES;
    if (best.size >= request.k || isLast || hits.length === 0)
      return [...best].slice(0, request.k).map(([name, score]) => ({ name, score }));
    before = hits.length;
  }
}
