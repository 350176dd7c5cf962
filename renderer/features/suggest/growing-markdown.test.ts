import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { DeskContext, type Desk } from "../../app/context.tsx";
import { makeWindowState } from "../../app/navigation.ts";
import { makeIpc } from "../../app/ipc.ts";
import { makeFakeBridge } from "../../testing/fake-bridge.ts";
import { makeGrowingMarkdown } from "./growing-markdown.ts";
import { parseMarkdown } from "./markdown-block.tsx";

const ipc = makeIpc(makeFakeBridge({ pace: 1 }));
const desk: Desk = {
  ipc,
  windowState: makeWindowState(),
  isMac: false,
  run: () => undefined,
  handle: () => () => undefined,
};

/** What it looks like: blanks at the end of a line are not seen. */
const shown = (tree: ReactElement) =>
  renderToStaticMarkup(createElement(DeskContext, { value: desk }, tree))
    .replaceAll(/\s+(?=<\/)/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();

const texts = [
  "Plain words, one after another. And a second sentence with 12 numbers 3.5 in it.",
  "Some **bold words** and _slanted ones_, a `code span`, ~~gone~~ and on.",
  "He said [the rules](https://example.org/a) are here, see www.example.org/x and mail a@b.org now.",
  "# A heading that goes on\nand a paragraph below it",
  "- one thing\n- another **thing** with more\n  - a nested one that goes on\n\n  a paragraph in it",
  "1. first\n2. second one\n\n   more of it\n3. third",
  "> quoted words\n> and more\nlazy words",
  "Words\n1. not a date\n2. but a list",
  "| a | b |\n| - | - |\n| c d | e f |\n| g",
  "```ts\nconst a = 1;\nreturn a\n```\nAfter it",
  "Words before\n===\nwords after\n---\nmore words",
  "One &amp; two &lt; three < four <br> five <div class> six </div> seven",
  "- [ ] to do\n- [x] done and more",
  "A\\*b and \\_c words  \nnext line words",
  "- a\n\n  [a]: https://example.org words",
  "Note[^1] words\n[^1]: a note with words",
  "甲方应在三个月内通知，乙方同意。**第二条**：见附件（一）。\n- 第一项，说明\n- 第二项",
  "*open words that never close and _ more",
  "    indented code words\n\twords",
  "foo_bar_baz words *a*b **c.**d _e_f g",
] as const;

describe("a block that grows looks at every character as it would if it were parsed whole", () => {
  test.each(texts)("%s", (text) => {
    for (const step of [1, 2, 3, 7]) {
      const grow = makeGrowingMarkdown(parseMarkdown);
      for (let end = step; end < text.length + step; end += step) {
        const part = text.slice(0, end);
        expect(shown(grow(part)), part).toBe(shown(parseMarkdown(part)));
      }
    }
  });
});

describe("plain words are added without a parser", () => {
  test.each([
    ["a paragraph", "It began"],
    ["a list", "- one\n- It began"],
    ["a loose list in a list", "- one\n\n  - two\n\n    It began"],
    ["a quote", "> It began"],
    ["words after bold ones", "**It** began"],
    ["Chinese", "合同的期限"],
  ])("%s", (_name, beginning) => {
    let parses = 0;
    const grow = makeGrowingMarkdown((text) => {
      parses += 1;
      return parseMarkdown(text);
    });
    let text = beginning;
    grow(text);
    for (let word = 0; word < 200; word += 1) grow((text += word % 2 === 0 ? " and" : " on, 甲。"));
    expect(parses).toBe(1);
    expect(shown(grow(text))).toBe(shown(parseMarkdown(text)));
  });
});

test("a text that changed before its end is parsed anew", () => {
  const grow = makeGrowingMarkdown(parseMarkdown);
  grow("As it says [1] there");
  expect(shown(grow("As it says **there** now"))).toBe(shown(parseMarkdown("As it says **there** now")));
});
