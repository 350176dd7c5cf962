import type { SearchHit } from "../contract/search.ts";

/**
 * The fused score, in which the background of the model is no longer: chosen on XQuAD so that less than one
 * answerable question in fifty finds nothing, whatever cosine the model gives to texts with nothing in common.
 */
const ABOUT_IT = 0.25;
/** Words alone: the share of the best possible BM25. */
const ABOUT_IT_BY_WORDS = 0.1;
/** A longer question shares less of its words with any passage. */
const USUAL_TERMS = 12;

/** How a question was searched. */
export interface Asked {
  /** Content words of the question. */
  readonly terms: number;
  /** The embedding model does not know its language. */
  readonly byWords: boolean;
}

/** A search always finds something; this tells what has to do with the question. */
export function isAboutQuestion(
  hit: Pick<SearchHit, "score" | "vectorScore" | "wordScore">,
  { terms, byWords }: Asked,
): boolean {
  if (!byWords && hit.vectorScore !== null) return hit.score >= ABOUT_IT;
  return (hit.wordScore ?? 0) >= ABOUT_IT_BY_WORDS * Math.min(1, USUAL_TERMS / Math.max(1, terms));
}
