import type { Range } from "./documents.ts";

/** What those who judge texts by their words (citations, quoting) are handed: retrieval has it, they may not import it. */
export interface TextWords {
  /** Terms of a text, repeats kept. */
  terms(text: string): string[];
  /** Terms of a question or claim, each once, stop words left out. */
  questionTerms(text: string): string[];
  sentences(text: string): Range[];
}
