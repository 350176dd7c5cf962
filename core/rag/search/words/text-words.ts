import type { TextWords } from "../../../contract/text-words.ts";
import { splitSentences } from "./sentences.ts";
import { toQueryTerms, toTerms } from "./terms.ts";

/** The words the index is made of. */
export const textWords: TextWords = {
  terms: toTerms,
  questionTerms: toQueryTerms,
  sentences: splitSentences,
};
