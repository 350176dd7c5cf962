import { describe, expect, test } from "vitest";
import type { Citation, Source } from "../../../core/contract/suggest.ts";
import { makeCitationReader } from "../../../core/suggest/citations.ts";
import { placeCitations, readCitationAddress, splitBlocks } from "./citations.ts";

const sources = new Set([1, 2]);
const words = { terms: () => [], questionTerms: () => [], sentences: () => [] };

/** As main checks them: what is drawn is what was checked. */
function citationsIn(text: string): Citation[] {
  const reader = makeCitationReader([] satisfies Source[], words);
  return [...reader.push(text), ...reader.end()];
}

const place = (text: string) => placeCitations(text, citationsIn(text), sources);

describe("a chip is drawn for every mark that was checked, and for nothing else", () => {
  test.each([
    ["Notice is three months [1].", "Notice is three months [1](#cite-1-0)."],
    ["A [1; 2] and B［1］", "A [1](#cite-1-0)[2](#cite-2-1) and B[1](#cite-1-2)"],
    ["甲【1、2】(见上)", "甲[1](#cite-1-0)[2](#cite-2-1)(见上)"],
    ["As [1]: said", "As [1](#cite-1-0): said"],
    ["A [1]. B [1].", "A [1](#cite-1-0). B [1](#cite-1-1)."],
    ["It works![1]", "It works\\![1](#cite-1-0)"],
    ["It works\\![1]", "It works\\![1](#cite-1-0)"],
    ["A [1, 7]", "A [1](#cite-1-0)\\[7]"],
  ])("%s", (text, placed) => {
    expect(place(text)).toBe(placed);
  });

  test.each([
    "a[7]",
    "[1](https://example.org)",
    "![1](x.png)",
    "x \\[1] y",
    "[1]: https://example.org",
    "`b[1]`",
    "```\nc[2]\n```",
    "text\n\n    d[1]",
  ])("%j stays as it is", (text) => {
    expect(place(text)).toBe(text);
  });

  test("a mark in the text that no citation names stays as it is", () => {
    expect(placeCitations("So it is [1].", [], sources)).toBe("So it is [1].");
  });
});

test("a chip's address is read back, an ordinary link is not one", () => {
  expect(readCitationAddress("#cite-2-0")).toEqual({ sourceNumber: 2, index: 0 });
  expect(readCitationAddress("#cite-2-x")).toBeNull();
  expect(readCitationAddress("https://example.org/#cite-2-0")).toBeNull();
});

describe("splitBlocks", () => {
  test("cuts at empty lines and loses no text", () => {
    const text = "One\n\nTwo\nstill two\n\n\nThree";
    expect(splitBlocks(text)).toHaveLength(3);
    expect(splitBlocks(text).join("\n")).toBe(text);
  });
  test("keeps fences, lists and quotes whole", () => {
    expect(splitBlocks("```\na\n\nb\n```")).toHaveLength(1);
    expect(splitBlocks("- a\n\n- b")).toHaveLength(1);
    expect(splitBlocks("> a\n>\n> b\n\nAfter")).toHaveLength(2);
  });
});
