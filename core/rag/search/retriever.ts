import type { SearchRequest, SearchResult } from "../../contract/search.ts";

/** Finds passages for a question: vectors, words, or both fused. */
export interface Retriever {
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
}
