import { expect, test } from "vitest";
import { checkEdit as edit, isDatedOrLinks } from "./edit-policy.ts";

const checkEdit = (before: string, after: string) => [...edit(before, after).violations];
const old = "# Title\n\nFirst line.\n- a point\n\nLast line.\n";

test("adding at the end is allowed", () => {
  expect(checkEdit(old, `${old}\nA note, 2026-11-23.\n`)).toEqual([]);
});

test("an unchanged document passes, whatever its line ends", () => {
  expect(checkEdit(old, old.replaceAll("\n", "\r\n"))).toEqual([]);
});

test("a line struck through, with a dated reason and a replacement below, is allowed", () => {
  const edit =
    "# Title\n\n~~First line.~~\n2026-11-23: the name changed.\nFirst line, mended.\n- a point\n\nLast line.\n";
  expect(checkEdit(old, edit)).toEqual([]);
});

test("list marks stay outside the strike", () => {
  const edit =
    "# Title\n\nFirst line.\n- ~~a point~~\n- (2026-11-23, wrong figure)\n- another point\n\nLast line.\n";
  expect(checkEdit(old, edit)).toEqual([]);
});

test.each([
  ["a changed word", old.replace("First", "Second"), "changed"],
  ["a line put in between", old.replace("First line.", "First line.\nSmuggled."), "inserted"],
  ["a removed line", old.replace("First line.\n", ""), "removed"],
  ["a removed end", "# Title\n\nFirst line.\n- a point\n", "removed"],
  [
    "a strike without a date",
    old.replace("First line.", "~~First line.~~\nBetter line.\nMore."),
    "strike-without-date",
  ],
  [
    "a strike without a replacement",
    old.replace("First line.", "~~First line.~~\n2026-11-23: wrong."),
    "strike-without-replacement",
  ],
  ["half a line struck", old.replace("First line.", "~~First~~ line.\n2026-11-23: x\ny"), "changed"],
])("%s is refused", (_name, edit, reason) => {
  expect(checkEdit(old, edit).map((violation) => violation.reason)).toEqual([reason]);
});

test("only a strike makes an edit one that needs an approval", () => {
  expect(edit(old, `${old}\nA note, 2026-11-23.\n`).hasStrikes).toBe(false);
  const struck = old.replace("First line.", "~~First line.~~\n2026-11-23: wrong.\nFirst line, mended.");
  expect(edit(old, struck).hasStrikes).toBe(true);
});

test.each([
  ["a dated note", ["", "2026-11-27: the endpoint moved."], true],
  ["a journal", ["## Journal", "", "- 2026-11-27 tried with vLLM"], true],
  [
    "links",
    ["- [implementation notes](../../core/providers/qwen/README.md)", "- https://example.org/x"],
    true,
  ],
  ["an undated claim", ["The model never errs."], false],
  ["an undated claim beside a link", ["The model never errs.", "- https://example.org/x"], false],
])("%s at the end needs no approval: %s", (_name, lines, isFree) => {
  expect(isDatedOrLinks(lines)).toBe(isFree);
});
