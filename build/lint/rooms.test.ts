import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const listed = execFileSync("git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
});
const files = listed.split("\n").filter((file) => file !== "" && existsSync(join(root, file)));
const readmes = files.filter((file) => basename(file) === "README.md");

/** Folders with sources of their own; what tests and data of a room is, its own README says. */
const rooms = [
  ...new Set(files.filter((file) => /\.(ts|tsx|mjs)$/.test(file)).map((file) => dirname(file))),
].filter(
  (folder) =>
    folder !== "." && !/(^|\/)(testing|fixtures)(\/|$)/.test(folder.replace(/^e2e\/fixtures/, "e2e")),
);

/** What a README calls a file: in backticks, with an ending of ours. Patterns and names in capitals (NAME) are none. */
const named = /`((?:[\w.@-]+\/)*[\w.@-]+\.(?:tsx?|mjs|wat|md|json|yml))`/g;

test("every room has a README", () => {
  expect(rooms.filter((folder) => !files.includes(`${folder}/README.md`))).toEqual([]);
});

test("a README is a screen or two, not a book", () => {
  expect(readmes.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 110)).toEqual(
    [],
  );
});

test("a README names only files that are there", () => {
  const isThere = (folder: string, name: string) =>
    files.some((file) => file === name || file.endsWith(`/${name}`)) ||
    existsSync(join(root, folder, name)) ||
    madeAtRunTime.has(basename(name));
  const missing = [...readmes, "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].flatMap((readme) =>
    [...readFileSync(join(root, readme), "utf8").matchAll(named)]
      .map((match) => (match[1] ?? "").replace(/^(\.\.?\/)+/, ""))
      .filter((name) => !/^(NAME|NNN)/.test(basename(name)) && !isThere(dirname(readme), name))
      .map((name) => `${readme}: ${name}`),
  );
  expect(missing).toEqual([]);
});

/** Files that are made while Qwill or its set-up runs. */
const madeAtRunTime = new Set<string>([
  "settings.json",
  "window.json",
  "model.json",
  "config.json",
  "tokenizer.json",
  "runtime.json",
  "native.json",
  "timings.json",
  "result.json",
  ".qwill-hashes.json",
]);
