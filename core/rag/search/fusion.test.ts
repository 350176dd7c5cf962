import { describe, expect, test } from "vitest";
import { chooseTerms } from "./chosen-terms.ts";
import { fuse, vectorWeightFor } from "./fusion.ts";

const base = { mode: "hybrid", vectorWeight: 0.5, bound: 10, background: 0.1 } as const;
const candidate = (passageId: number, cosine: number | null, bm25: number | null) => ({
  passageId,
  documentId: 1,
  cosine,
  bm25,
});
const order = (ranked: readonly { passageId: number }[]) => ranked.map((each) => each.passageId);

describe("fuse", () => {
  test("a passage that both searches like beats those that one of them likes best", () => {
    expect(order(fuse([candidate(1, 0.8, null), candidate(2, 0.7, 7), candidate(3, 0.1, 9)], base))[0]).toBe(
      2,
    );
  });

  test("with no weight on the vectors the words alone decide", () => {
    expect(order(fuse([candidate(1, 0.9, 1), candidate(2, 0.1, 2)], { ...base, vectorWeight: 0 }))).toEqual([
      2, 1,
    ]);
  });

  test("a passage without a vector is judged by its words, not as if it meant nothing", () => {
    expect(order(fuse([candidate(1, 0.1, 6), candidate(2, null, 5)], base))).toEqual([2, 1]);
  });

  test("words that nearly nothing of the question is found by leave the ranking to the vectors", () => {
    expect(order(fuse([candidate(1, 0.2, 0.5), candidate(2, 0.6, null)], base))).toEqual([2, 1]);
  });

  test("equal scores keep the order of the passages", () => {
    expect(order(fuse([candidate(2, 0.5, 5), candidate(1, 0.5, 5)], base))).toEqual([1, 2]);
  });
});

describe("chooseTerms", () => {
  const frequencies = new Map([
    ["rare", 3],
    ["some", 5000],
    ["common", 9000],
  ]);

  test("keeps the rarest terms within the budget, one at least", () => {
    expect(chooseTerms(["common", "rare", "some"], frequencies, 100_000).terms).toEqual(["rare", "some"]);
    expect(chooseTerms(["common"], frequencies, 100_000, 10).terms).toEqual(["common"]);
    expect(chooseTerms(["nowhere"], frequencies, 100_000)).toEqual({ terms: [], bound: 0 });
  });

  test("words that stand nowhere raise the bound", () => {
    const known = chooseTerms(["rare"], frequencies, 100_000).bound;
    expect(chooseTerms(["rare", "nowhere"], frequencies, 100_000).bound).toBeGreaterThan(known * 1.5);
  });
});

test("in a language the model cannot read, the words carry the ranking", () => {
  expect(vectorWeightFor(true, 0.6)).toBe(0.5);
  expect(vectorWeightFor(false, 0.1)).toBeLessThan(0.1);
  expect(vectorWeightFor(false, 0.6)).toBeLessThan(vectorWeightFor(false, 0.1) / 4);
});
