import { expect, test } from "vitest";
import { readWarning } from "./reader-warnings.ts";

test("reads word and number", () => {
  expect(readWarning("picture-page:3")).toEqual({ word: "picture-page", count: 3 });
  expect(readWarning("hidden-text")).toEqual({ word: "hidden-text", count: 1 });
});
test("a warning of a newer reader still has a sentence", () => {
  expect(readWarning("melted:2")).toEqual({ word: "other", count: 2 });
  expect(readWarning("")).toEqual({ word: "other", count: 1 });
});
