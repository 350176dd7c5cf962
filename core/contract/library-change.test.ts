import { expect, test } from "vitest";
import { joinChanges, libraryChange, mostFilesNamed } from "./library-change.ts";

test("changes name each file once, and ask for the lists once too many are named", () => {
  const named = (from: number, count: number) => ({
    files: Array.from({ length: count }, (_, at) => from + at),
    lists: false,
  });
  expect(joinChanges(named(1, 3), named(2, 3))).toEqual({ files: [1, 2, 3, 4], lists: false });
  expect(joinChanges(null, named(1, mostFilesNamed))).toEqual(named(1, mostFilesNamed));
  expect(joinChanges(named(1, mostFilesNamed), named(2, mostFilesNamed))).toEqual({ files: [], lists: true });
  expect(joinChanges({ files: [], lists: true }, named(1, 1))).toEqual({ files: [], lists: true });
  expect(libraryChange.safeParse(named(1, mostFilesNamed + 1)).success).toBe(false);
});
