import { expect, test } from "vitest";
import { fuse } from "../rag/search/fusion.ts";
import { isAboutQuestion } from "./answers-question.ts";

/** Passages as a model sees them that gives `background` to texts with nothing in common. */
function aboutIt(background: number, closeness: number, bm25: number | null): boolean {
  const cosine = background + (1 - background) * closeness;
  const [ranked] = fuse([{ passageId: 1, documentId: 1, cosine, bm25 }], {
    mode: "hybrid",
    vectorWeight: 0.5,
    bound: 10,
    background,
  });
  const hit = { score: ranked!.score, vectorScore: ranked!.cosine, wordScore: ranked!.wordScore };
  return isAboutQuestion(hit, { terms: 5, byWords: false });
}

test.each([0.02, 0.3, 0.75, 0.9])(
  "what has nothing in common with the question is not found, with a model whose background is %s",
  (background) => {
    expect(aboutIt(background, 0, null)).toBe(false);
    expect(aboutIt(background, 0.1, 1)).toBe(false);
    expect(aboutIt(background, 0.6, null)).toBe(true);
    expect(aboutIt(background, 0.3, 4)).toBe(true);
  },
);

test("a passage without a vector, and a language that the model does not know, are judged by words", () => {
  const byWords = { score: 0.12, vectorScore: null, wordScore: 0.12 };
  expect(isAboutQuestion(byWords, { terms: 5, byWords: false })).toBe(true);
  expect(isAboutQuestion({ ...byWords, vectorScore: 0.9 }, { terms: 5, byWords: true })).toBe(true);
  expect(isAboutQuestion({ ...byWords, wordScore: 0.05 }, { terms: 5, byWords: true })).toBe(false);
  // A long question shares less of its words with any passage.
  expect(isAboutQuestion({ ...byWords, wordScore: 0.05 }, { terms: 40, byWords: true })).toBe(true);
});
