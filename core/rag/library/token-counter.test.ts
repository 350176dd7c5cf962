import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findEmbeddingRow } from "../../models/embedding-catalogue.ts";
import { openEmbedder } from "../embedding/transformers-embedder.ts";
import { modelTokenCounter } from "./token-counter.ts";

const root = resolve(import.meta.dirname, "../../..");
const samples = join(root, "build/sample-library");
const texts = readdirSync(samples)
  .filter((name) => /\.(?:md|txt)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(samples, name), "utf8") }));
const isChinese = (text: string): boolean => /\p{Script=Han}{4}/u.test(text);

/** For each sample: what the counter says to what the tokenizer makes of the whole text. */
async function ratios(modelId: string): Promise<{ name: string; text: string; ratio: number }[]> {
  const row = findEmbeddingRow(modelId)!;
  const folder = join(root, ".cache/models", modelId);
  const embedder = await openEmbedder({ row, folder, threads: 1 });
  const count = modelTokenCounter(embedder);
  const found = texts.map(({ name, text }) => ({
    name,
    text,
    ratio: count(text, 0, text.length) / embedder.countTokens(text),
  }));
  await embedder.close();
  return found;
}

const isThere = (modelId: string): boolean => existsSync(join(root, ".cache/models", modelId, "config.json"));

describe.skipIf(!isThere("all-MiniLM-L6-v2"))("with MiniLM (skipped while set-up has not fetched it)", () => {
  test("word by word counts what the tokenizer counts", async () => {
    for (const { name, ratio } of await ratios("all-MiniLM-L6-v2")) expect(ratio, name).toBe(1);
  });
});

describe.skipIf(!isThere("multilingual-e5-small"))(
  "with the multilingual model (skipped while set-up has not made it)",
  () => {
    test("word by word counts hardly more than the tokenizer, Chinese a tenth more, and never much less", async () => {
      for (const { name, text, ratio } of await ratios("multilingual-e5-small")) {
        expect(ratio, name).toBeGreaterThan(0.95);
        expect(ratio, name).toBeLessThan(isChinese(text) ? 1.12 : 1.04);
      }
    });
  },
);
