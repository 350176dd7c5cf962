import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDesk } from "./testing/run-cli.ts";

const isRoot = process.getuid?.() === 0;

test("what cannot be meant is wrong usage and touches no library", { timeout: 60_000 }, async () => {
  const desk = await makeDesk();
  for (const words of [
    ["search", " "],
    ["suggest", ""],
    ["documents", "--collection", ""],
  ]) {
    const refused = await desk.qwill(...words);
    expect([words, refused.code, refused.out]).toEqual([words, 2, ""]);
  }
});

test("a file that is wrong is named, with its line, and without a stack", { timeout: 60_000 }, async () => {
  const desk = await makeDesk();
  await desk.qwill("index", desk.write("a.txt", "A heron."), "--words-only");
  const good = desk.write("good.jsonl", '{"id":"q1","text":"heron"}\n');
  const bad = desk.write("bad.jsonl", '{"id":"q1","text":"heron"}\nnull\n');
  const many = (...more: string[]) => desk.qwill("search", "--mode", "words", "--format", "trec", ...more);
  const broken = await many("--queries", bad);
  expect([broken.code, broken.out]).toEqual([1, ""]);
  expect(broken.err).toContain(`${bad}, line 2`);
  const missing = await many("--queries", join(desk.folder, "none.jsonl"));
  expect(missing.err).toContain("none.jsonl");
  const closed = await many("--queries", good, "--out", join(desk.folder, "none", "run"));
  expect(closed.code).toBe(1);
  expect(closed.err).not.toContain("    at ");
});

test.skipIf(isRoot || process.platform === "win32")(
  "a folder that cannot be looked into has failed, alone or within another",
  { timeout: 60_000 },
  async () => {
    const desk = await makeDesk();
    desk.write("a.txt", "A heron.");
    const folder = join(desk.folder, "documents");
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o000 });
    const both = await desk.qwill("index", folder, "--words-only", "--json");
    chmodSync(closed, 0o700);
    expect(both.code).toBe(3);
    expect(both.lines).toContainEqual(
      expect.objectContaining({ path: closed, state: "failed", code: "file-unreadable" }),
    );
  },
);
