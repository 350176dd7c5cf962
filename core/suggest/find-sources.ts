import type { SearchResult } from "../contract/search.ts";
import type { Source, SuggestRequest } from "../contract/suggest.ts";
import { isAboutQuestion } from "./answers-question.ts";
import type { SuggestDependencies } from "./dependencies.ts";

const PASTED_LETTERS = 1500;
const SHORT_QUESTION = 40;
const LONGEST_QUESTION = 4000;

/**
 * What to search for: the request; with it the beginning (for a continuation the end) of the pasted text,
 * which is what the request is about; and the request before it when this one is too short to stand alone
 * ("and in Germany?").
 */
export function searchQuestion(request: SuggestRequest): string {
  const pasted = request.pasted ?? "";
  const excerpt =
    request.intent === "continue" ? pasted.slice(-PASTED_LETTERS) : pasted.slice(0, PASTED_LETTERS);
  const earlier = request.turns.at(-1)?.request ?? "";
  const needsEarlier = request.text.length < SHORT_QUESTION && pasted === "";
  return [needsEarlier ? earlier : "", request.text, excerpt]
    .filter((part) => part !== "")
    .join("\n")
    .slice(0, LONGEST_QUESTION);
}

export interface FoundSources {
  readonly sources: readonly Source[];
  readonly notices: SearchResult["notices"];
}

/** Searches where the request may, and numbers the passages from 1, best first. */
export async function findSources(
  request: SuggestRequest,
  within: "everything" | readonly number[],
  dependencies: Pick<SuggestDependencies, "retriever" | "passageLimit" | "words">,
  signal: AbortSignal,
): Promise<FoundSources> {
  // To a search, no collections mean all of them.
  if (within !== "everything" && within.length === 0) return { sources: [], notices: [] };
  const question = searchQuestion(request);
  const result = await dependencies.retriever.search(
    {
      question,
      k: dependencies.passageLimit(),
      mode: "hybrid",
      collections: within === "everything" ? [] : [...within],
    },
    signal,
  );
  const asked = {
    terms: dependencies.words.questionTerms(question).length,
    byWords: result.notices.includes("language-by-words"),
  };
  const sources = result.hits
    .filter((hit) => isAboutQuestion(hit, asked))
    .map((hit, index): Source => ({
      number: index + 1,
      documentId: hit.documentId,
      collectionId: hit.collectionId,
      passageIds: hit.passageIds,
      title: hit.title,
      path: hit.path,
      place: hit.place,
      start: hit.start,
      end: hit.end,
      text: hit.text,
      score: hit.score,
      matches: hit.matches,
      copies: hit.copies,
    }));
  return { sources, notices: result.notices };
}
