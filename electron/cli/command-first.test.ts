import { expect, test } from "vitest";
import { commandFirst } from "./command-first.ts";

const grammar = {
  commands: new Set(["search", "key"]),
  subcommands: new Map([["key", new Set(["new"])]]),
  valued: new Set(["--data-dir", "--k"]),
};

test.each([
  [
    ["search", "x", "--json"],
    ["search", "x", "--json"],
  ],
  [
    ["--json", "--data-dir", "search", "search", "x"],
    ["search", "--json", "--data-dir", "search", "x"],
  ],
  [
    ["--data-dir=search", "key", "new", "F"],
    ["key", "new", "--data-dir=search", "F"],
  ],
  [
    ["--k", "3", "nonsense"],
    ["--k", "3", "nonsense"],
  ],
  [
    ["--", "search"],
    ["--", "search"],
  ],
  [["--help"], ["--help"]],
])("options may stand before the command: %j", (given, wanted) => {
  expect(commandFirst(given, grammar)).toEqual(wanted);
});
