import { describe, expect, test } from "vitest";
import type { SearchHit } from "../../contract/search.ts";
import { evaluate, ndcg, parseJudgments, quantile, recall, reciprocalRank } from "./evaluate.ts";

const gains = new Map([
  ["a", 2],
  ["b", 1],
  ["c", 0],
]);

describe("the measures", () => {
  test("nDCG takes gains as they are and discounts by log2(rank + 1)", () => {
    const ideal = 2 + 1 / Math.log2(3);
    expect(ndcg(["a", "b"], gains, 10)).toBeCloseTo(1, 10);
    expect(ndcg(["x", "b", "a"], gains, 10)).toBeCloseTo((1 / Math.log2(3) + 2 / 2) / ideal, 10);
    expect(ndcg(["x", "b", "a"], gains, 2)).toBeCloseTo(1 / Math.log2(3) / ideal, 10);
  });

  test("recall and reciprocal rank count only documents with a gain", () => {
    expect(recall(["c", "a"], gains, 10)).toBe(0.5);
    expect(recall(["c", "a"], gains, 1)).toBe(0);
    expect(reciprocalRank(["c", "a"], gains, 10)).toBe(0.5);
    expect(reciprocalRank(["c"], gains, 10)).toBe(0);
  });

  test("quantiles are values that were measured", () => {
    expect(quantile([5, 1, 3], 0.5)).toBe(3);
    expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
    expect(quantile([], 0.5)).toBe(0);
  });
});

test("judgments are read with a header, without one, and in TREC's four columns", () => {
  const expected = new Map([["q1", new Map([["d1", 1]])]]);
  expect(parseJudgments("query-id\tcorpus-id\tscore\nq1\td1\t1\n")).toEqual(expected);
  expect(parseJudgments("q1 d1 1")).toEqual(expected);
  expect(parseJudgments("q1 0 d1 1\r\n")).toEqual(expected);
  expect(() => parseJudgments("q1\td1\t1\nbroken line\n")).toThrow("line 2");
});

test("a document's best passage gives its rank, and unjudged questions do not count", async () => {
  const hit = (key: string): SearchHit => ({
    rank: 1,
    score: 1,
    vectorScore: null,
    wordScore: 1,
    passageIds: [1],
    documentId: 1,
    collectionId: 1,
    key,
    title: "",
    path: "",
    place: {},
    start: 0,
    end: 0,
    text: "",
    matches: [],
    copies: [],
  });
  const milliseconds = { embed: 0, vectors: 0, words: 0, fuse: 0, total: 4 };
  const [result] = await evaluate(
    {
      retriever: {
        search: async () => ({
          hits: ["x", "x", "d1", "d1"].map(hit),
          mode: "words",
          notices: [],
          milliseconds,
        }),
      },
      questions: [
        { id: "q1", text: "one" },
        { id: "q2", text: "two" },
      ],
      judgments: parseJudgments("q1 d1 1"),
      modes: ["words"],
      collections: [],
    },
    new AbortController().signal,
  );
  expect(result).toMatchObject({ questions: 1, mrr10: 0.5, recall10: 1, recall100: 1, p50: 4, p95: 4 });
  expect(result?.ndcg10).toBeCloseTo(1 / Math.log2(3), 10);
});

test("a mode that finds the question already embedded still counts that time", async () => {
  const asked: string[] = [];
  const results = await evaluate(
    {
      retriever: {
        search: async ({ question, mode }) => {
          const embed = mode === "words" || asked.includes(question) ? 0 : 7;
          if (mode !== "words") asked.push(question);
          return {
            hits: [],
            mode,
            notices: [],
            milliseconds: { embed, vectors: 0, words: 0, fuse: 0, total: embed + 2 },
          };
        },
      },
      questions: [{ id: "q1", text: "one" }],
      judgments: parseJudgments("q1 d1 1"),
      modes: ["hybrid", "vectors", "words"],
      collections: [],
    },
    new AbortController().signal,
  );
  expect(results.map(({ mode, p50 }) => [mode, p50])).toEqual([
    ["hybrid", 9],
    ["vectors", 9],
    ["words", 2],
  ]);
});
