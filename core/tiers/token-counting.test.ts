import { expect, test } from "vitest";
import { AppError } from "../contract/errors.ts";
import type { CountQwenTokens } from "../providers/tokens/count-tokens.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";
import { makeCountingFor } from "./token-counting.ts";

const qwen = { vendor: "qwen", model: "qwen3-8b" } as const;

/** A counter of letters elsewhere; `asked` holds its questions. */
function rig(counts: CountQwenTokens = async (texts) => texts.map(({ length }) => length)) {
  const asked: number[][] = [];
  const reported: unknown[] = [];
  const countingFor = makeCountingFor({
    countQwenTokens: (texts) => {
      asked.push(texts.map(({ length }) => length));
      return counts(texts);
    },
    report: (_where, error) => void reported.push(error),
  });
  return { asked, reported, countingFor };
}

test("texts that are asked about in one turn are one question, and each gets its own count", async () => {
  const { asked, countingFor } = rig();
  const { count, isExact } = await countingFor(qwen);
  expect(await Promise.all([count("a"), count("bb"), count("ccc")])).toEqual([1, 2, 3]);
  expect(await count("dddd")).toBe(4);
  expect([isExact, asked]).toEqual([true, [[], [1, 2, 3], [4]]]);
});

test("a question holds so many letters that a short text never waits long behind it", async () => {
  const { asked, countingFor } = rig();
  const { count } = await countingFor(qwen);
  const long = "x".repeat(150_000);
  expect(await Promise.all([long, long, long, "y"].map(async (text) => count(text)))).toEqual([
    150_000, 150_000, 150_000, 1,
  ]);
  expect(asked.slice(1)).toEqual([
    [150_000, 150_000],
    [150_000, 1],
  ]);
});

test("without the tokenizer counts are estimates, and say so; nothing is wrong with that", async () => {
  const { countingFor, reported } = rig(() => Promise.reject(new AppError("model-missing")));
  const { count, isExact } = await countingFor(qwen);
  expect([await count("The notice period"), isExact, reported]).toEqual([
    estimateTokens("The notice period"),
    false,
    [],
  ]);
});

test("a counter that fails stops no request: the estimate takes its place, and the fault is told", async () => {
  const fault = new Error("out of memory");
  const { countingFor, reported } = rig((texts) =>
    texts.length > 0 ? Promise.reject(fault) : Promise.resolve([]),
  );
  const { count } = await countingFor(qwen);
  expect(await Promise.all([count("one"), count("two")])).toEqual([
    estimateTokens("one"),
    estimateTokens("two"),
  ]);
  expect(reported).toEqual([fault]);
});

test("a model of another family asks no tokenizer", async () => {
  const { asked, countingFor } = rig();
  expect(await countingFor({ vendor: "gemini", model: "gemini-3.8-flash" })).toMatchObject({
    count: estimateTokens,
    isExact: false,
  });
  expect(asked).toEqual([]);
});
