import { describe, expect, test } from "vitest";
import { makeMarkScanner, type CitationMark } from "./citation-marks.ts";

/** In pieces of several sizes: the result must not depend on it. */
function marksOf(text: string): CitationMark[] {
  const [whole = [], ...others] = [text.length, 1, 2, 7].map((size) => {
    const scanner = makeMarkScanner();
    const found: CitationMark[] = [];
    for (let at = 0; at < text.length; at += size) found.push(...scanner.push(text.slice(at, at + size)));
    return [...found, ...scanner.end()];
  });
  for (const other of others) expect(other).toEqual(whole);
  return whole;
}

const written = (text: string) => marksOf(text).map(({ start, end }) => text.slice(start, end));

describe("a citation mark is", () => {
  test.each([
    ["So it is [1].", "[1]"],
    ["So it is[1]", "[1]"],
    ["So it is [1, 2]", "[1, 2]"],
    ["So it is [1; 2]", "[1; 2]"],
    ["是这样［1］。", "［1］"],
    ["是这样【1、2】。", "【1、2】"],
    ["是这样【1】(见上)", "【1】"],
    ["As stated in [1]: so it is.", "[1]"],
    ["So it is! [1]", "[1]"],
    ["So it is![1]", "[1]"],
    ["a backslash \\\\[1]", "[1]"],
    ["[[1]", "[1]"],
    ["> quoted [1]", "[1]"],
    ["one `a` and [1]", "[1]"],
    ["a lone ` and [1]", "[1]"],
    ["a lone ` and [1]\n\nmore", "[1]"],
    ["```a``` and [1]", "[1]"],
    ["```\na\n```\n[1]", "[1]"],
    ["> ```\n> a\n\n[1]", "[1]"],
    ["1. item\n\n    more of it [1]", "[1]"],
    ["text\n    wrapped with an indent [1]", "[1]"],
    ["~~no~~ [1]", "[1]"],
    ["\\`no code [1]\\`", "[1]"],
    ["[ 1 ]", "[ 1 ]"],
    ["- `a` [1]", "[1]"],
    ["1. [1]", "[1]"],
    ["* **bold** [1]", "[1]"],
    ["- item\n- ```\n  a\n  ```\n- [1]", "[1]"],
  ])("in %j: %s", (text, mark) => {
    expect(written(text)).toEqual([mark]);
  });
});

describe("no citation mark is", () => {
  test.each([
    ["the text of a link", "[1](https://example.org)"],
    ["a picture", "![1](x.png)"],
    ["the definition of a link", "[1]: https://example.org"],
    ["an escaped bracket", "\\[1]"],
    ["an escaped closing bracket", "[1\\]"],
    ["inline code", "`a[1]`"],
    ["inline code of two backticks", "``a ` [1]``"],
    ["inline code that ends with a backslash", "`a [1]\\`"],
    ["fenced code", "```\na[1]\n```"],
    ["fenced code without an end", "text\n\n~~~js\na[1]\n\nb[1]"],
    ["fenced code with a shorter fence inside", "````\n```\n[1]\n````"],
    ["fenced code in a quotation", "> ```\n> a[1]\n> ```"],
    ["indented code", "text\n\n    a[1]\n\n    b[1]"],
    ["fenced code in a list item", "1. ```js\n   a[1]\n   ```"],
    ["indented code in a list item", "-     a[1]"],
    ["indented code that looks like a list", "    - a[1]"],
    ["a footnote", "[^1]"],
    ["a list of four digits", "[2024]"],
    ["numbers without a separator", "[1 2]"],
    ["an open list", "[1,]"],
    ["nothing", "[]"],
    ["zero", "[0]"],
    ["broken by a line", "[1,\n2]"],
  ])("%s", (_name, text) => {
    expect(written(text)).toEqual([]);
  });
});

test("a mark says its numbers once each, and the block that it stands in", () => {
  const text = "One.\n\nTwo [2, 1, 2].\n> three [3]\n>\n> four [4]\n\nfive [5]";
  expect(
    marksOf(text).map(({ numbers, blockStart, isQuoted }) => [
      numbers,
      text.slice(blockStart, blockStart + 4),
      isQuoted,
    ]),
  ).toEqual([
    [[2, 1], "Two ", false],
    [[3], "> th", true],
    [[4], "> th", true],
    [[5], "five", false],
  ]);
});

test("a mark is told as soon as the next character makes it certain", () => {
  const scanner = makeMarkScanner();
  expect(scanner.push("So it is [1")).toEqual([]);
  expect(scanner.push("]")).toEqual([]);
  expect(scanner.push(".")).toHaveLength(1);
});
