import type { Range } from "../../contract/documents.ts";

/** What the quoting engine is handed to judge texts by their words; it may not import retrieval. */
export interface QuoteWords {
  /** Terms of a text, repeats kept. */
  terms(text: string): string[];
  /** Terms of a question, each once, stop words left out. */
  questionTerms(text: string): string[];
  sentences(text: string): Range[];
}

/** How near in meaning sentences are to the question, cosine in their order; null where no model is there. */
export type SentenceSimilarity = (
  question: string,
  sentences: readonly string[],
  signal: AbortSignal,
) => Promise<readonly number[] | null>;
