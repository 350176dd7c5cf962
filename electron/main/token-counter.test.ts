import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { countQwenTokens } from "../../core/providers/tokens/qwen-tokens.ts";
import type { Child } from "../process/child.ts";
import { startThread } from "../process/thread-child.ts";
import { makeTokenCounter, type TokenCounter } from "./token-counter.ts";

const root = resolve(import.meta.dirname, "../..");
const tokenizer = ["core/providers/tokens/byte-pairs.ts", "core/providers/tokens/qwen-tokens.ts"];

/** Every source that runs where this one does: what it imports, at once or later, and so on; types are none. */
function reachedFrom(entry: string): Set<string> {
  const seen = new Set<string>();
  const todo = [join(root, entry)];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const name = relative(root, path);
    if (seen.has(name)) continue;
    seen.add(name);
    const imported = /(?:^|\n)(?:import|export)(?! type\b)[^;"]*?from "(\.[^"]+)"|import\(\s*"(\.[^"]+)"/g;
    for (const [, one, later] of readFileSync(path, "utf8").matchAll(imported))
      todo.push(join(dirname(path), one ?? later ?? ""));
  }
  return seen;
}

test("main does not know the tokenizer: no window waits for it to be read or to count", () => {
  const main = reachedFrom("electron/main/index.ts");
  expect(main.size).toBeGreaterThan(100);
  expect([...main]).toContain("core/tiers/token-counting.ts");
  expect([...main].filter((file) => tokenizer.includes(file))).toEqual([]);
  // The thread does, or this would prove nothing.
  expect([...reachedFrom("electron/counter/index.ts")]).toEqual(expect.arrayContaining(tokenizer));
});

const open: TokenCounter[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((counter) => counter.close()));
});

function rig() {
  const threads: Child[] = [];
  const reported: unknown[] = [];
  const counter = makeTokenCounter({
    start: () => {
      const entry = join(root, "electron/counter/index.ts");
      const thread = startThread({ entry, name: "test", memory: 512 });
      threads.push(thread);
      return thread;
    },
    report: (_where, error) => void reported.push(error),
  });
  open.push(counter);
  return { counter, threads, reported };
}

const texts = ["The notice period is three months.", "通知期为三个月。", ""];

test("the thread counts as the tokenizer does, and is one for all questions", async () => {
  const { counter, threads } = rig();
  counter.warm();
  const counts = await Promise.all([counter.count(texts), counter.count(texts.slice(0, 1))]);
  const real = await countQwenTokens(texts);
  expect(counts).toEqual([real, real.slice(0, 1)]);
  expect(threads).toHaveLength(1);
});

test("a thread that dies under a question is started again, and asked again", async () => {
  const { counter, threads, reported } = rig();
  await counter.count([]);
  const asked = counter.count(texts);
  threads[0]?.kill();
  expect(await asked).toEqual(await countQwenTokens(texts));
  expect([threads.length, reported.length]).toEqual([2, 1]);
});

test("closed, it leaves no thread, and every question is cancelled", async () => {
  const { counter, threads } = rig();
  await counter.count(texts);
  await counter.close();
  expect(threads.map(({ pid }) => pid)).toEqual([undefined]);
  await expect(counter.count(texts)).rejects.toMatchObject({ code: "cancelled" });
});
