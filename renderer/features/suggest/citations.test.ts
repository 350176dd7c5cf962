import { describe, expect, test } from "vitest";
import type { Citation } from "../../../core/contract/suggest.ts";
import { placeCitations, readCitationAddress, splitBlocks } from "./citations.ts";

const sources = new Set([1, 2]);

function citation(sourceNumber: number, start: number, end: number): Citation {
  return { sourceNumber, at: { start, end }, state: "exact", quote: null };
}

describe("placeCitations", () => {
  test("turns a marker into a chip that knows its checked citation", () => {
    const text = "Notice is three months [1].";
    expect(placeCitations(text, [citation(1, 0, 22)], sources)).toBe(
      "Notice is three months [1](#cite-1-0).",
    );
  });
  test("a marker is a chip before its citation is checked", () => {
    expect(placeCitations("So it is.[2]", [], sources)).toBe("So it is.[2](#cite-2-x)");
  });
  test("several numbers and full-width brackets become chips of their own", () => {
    expect(placeCitations("A [1, 2] 乙【1】", [], sources)).toBe(
      "A [1](#cite-1-x)[2](#cite-2-x) 乙[1](#cite-1-x)",
    );
  });
  test("a citation without a marker gets its chip at its end", () => {
    expect(placeCitations("It is so. Yes.", [citation(2, 0, 9)], sources)).toBe(
      "It is so.[2](#cite-2-0) Yes.",
    );
  });
  test("numbers that name no source, links and code stay as they are", () => {
    const text = "a[7] [1](https://example.org) `b[1]`\n\n```\nc[2]\n```";
    expect(placeCitations(text, [], sources)).toBe(text);
  });
  test("two citations of one source keep their order", () => {
    const text = "A [1]. B [1].";
    expect(placeCitations(text, [citation(1, 0, 2), citation(1, 7, 9)], sources)).toBe(
      "A [1](#cite-1-0). B [1](#cite-1-1).",
    );
  });
});

test("a chip's address is read back, an ordinary link is not one", () => {
  expect(readCitationAddress("#cite-2-0")).toEqual({ sourceNumber: 2, index: 0 });
  expect(readCitationAddress("#cite-2-x")).toEqual({ sourceNumber: 2, index: null });
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
