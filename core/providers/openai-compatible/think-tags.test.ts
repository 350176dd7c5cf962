import { describe, expect, test } from "vitest";
import { makeThinkSplitter } from "./think-tags.ts";

function split(text: string, size: number, opensUnseen = false) {
  const splitter = makeThinkSplitter(opensUnseen);
  const joined = { reasoning: "", text: "" };
  const letters = [...text];
  const take = (pieces: readonly { kind: "reasoning" | "text"; text: string }[]) => {
    for (const piece of pieces) {
      expect(piece.text).not.toBe("");
      joined[piece.kind] += piece.text;
    }
  };
  for (let at = 0; at < letters.length; at += size)
    take(splitter.push(letters.slice(at, at + size).join("")));
  take(splitter.end());
  return joined;
}

describe.each([1, 2, 3, 7, 1000])("in pieces of %i letters", (size) => {
  test.each([
    ["<think>\nFirst.\n\nSecond.\n</think>\n\nThe answer.", "First.\n\nSecond.", "The answer."],
    ["\n<think></think>\n\nThe answer.", "", "The answer."],
    ["<think>cut off in the middle", "cut off in the middle", ""],
    ["<think>a < b and </thin</think>yes", "a < b and </thin", "yes"],
    ["No thoughts, but <think> as a word.", "", "No thoughts, but <think> as a word."],
    ["  indented text stays", "", "  indented text stays"],
    ["<thinking is hard", "", "<thinking is hard"],
    ["<think>想一想</think>三十天。", "想一想", "三十天。"],
  ])("%j", (text, reasoning, answer) => {
    expect(split(text, size)).toEqual({ reasoning, text: answer });
  });

  test("a lone end tag ends thoughts that the prompt had opened", () => {
    expect(split("It asks for days.\n</think>\n\nThirty.", size, true)).toEqual({
      reasoning: "It asks for days.",
      text: "Thirty.",
    });
  });

  test("a model that did not think after all loses no letter", () => {
    expect(split("  Thirty days.\n", size, true)).toEqual({ reasoning: "", text: "  Thirty days.\n" });
  });
});
