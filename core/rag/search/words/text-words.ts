import type { Range } from "../../../contract/documents.ts";
import { splitSentences } from "./sentences.ts";
import { toQueryTerms, toTerms } from "./terms.ts";

/** What those who judge texts by their words (citations, quoting) are handed, since they may not import it. */
export interface TextWords {
  /** Terms of a text, repeats kept. */
  terms(text: string): string[];
  /** Terms of a question or claim, each once, stop words left out. */
  questionTerms(text: string): string[];
  sentences(text: string): Range[];
}

/** The words the index is made of. */
export const textWords: TextWords = {
  terms: toTerms,
  questionTerms: toQueryTerms,
  sentences: splitSentences,
};
