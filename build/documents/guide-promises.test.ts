import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { promisesOf, quotedIn } from "./guide-promises.ts";

const root = resolve(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/user-guide.md"), "utf8");
const listed = execFileSync("git", ["-C", root, "ls-files", "-co", "--exclude-standard"], {
  encoding: "utf8",
});
const quoted = new Set(
  listed
    .split("\n")
    .filter((file) => /\.(test|spec)\.tsx?$/.test(file) && file !== "build/documents/guide-promises.test.ts")
    .flatMap((file) => quotedIn(readFileSync(join(root, file), "utf8"))),
);

/** Sentences with a promising word that only say what to press, and the heads of tables. */
const instructions = new Set<string>([
  "| Tier | Where text goes |",
  "| Ctrl+Enter, Esc | send, stop |",
  "Leave the model empty, press Save and test, and choose it from the list.",
]);

test("every sentence of the user guide that promises something is quoted by a test that holds it", () => {
  expect(
    promisesOf(guide).filter((sentence) => !quoted.has(sentence) && !instructions.has(sentence)),
  ).toEqual([]);
});

test("no test holds a sentence that the guide no longer has", () => {
  const promises = new Set(promisesOf(guide));
  expect([...quoted].filter((sentence) => !promises.has(sentence))).toEqual([]);
});

test("a promise across two lines is one sentence, and what only describes is none", () => {
  const text = "# Title\n\nA key is\n*written*, never shown. Press it.\n\n- Files stay.\n- Look here.\n";
  expect(promisesOf(text)).toEqual(["A key is written, never shown.", "Files stay."]);
});

test("a quotation counts above a test only", () => {
  const source =
    '// guide: "Files\n// stay." and so on\ntest("x", () => {});\n// guide: "Lost."\nconst a = 1;\n';
  expect(quotedIn(source)).toEqual(["Files stay."]);
});
