import { expect, test } from "vitest";
import { markSegments } from "./mark-segments.ts";

test("loses no text, whatever the ranges do", () => {
  const text = "three months to the end";
  const ranges = [
    { start: 6, end: 12 },
    { start: 0, end: 8 },
    { start: 20, end: 99 },
    { start: 5, end: 5 },
  ];
  const segments = markSegments(text, ranges);
  expect(segments.map((segment) => segment.text).join("")).toBe(text);
  expect(segments.filter(({ marked }) => marked).map((segment) => segment.text)).toEqual([
    "three mo",
    "nths",
    "end",
  ]);
});
test("without ranges the text stays one piece", () => {
  expect(markSegments("text", [])).toEqual([{ start: 0, text: "text", marked: false }]);
});
