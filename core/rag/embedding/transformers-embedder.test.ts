import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultEmbeddingModel, findEmbeddingRow } from "../../models/embedding-catalogue.ts";
import { embedderContract } from "./testing/embedder-contract.ts";
import { openEmbedder } from "./transformers-embedder.ts";

const row = findEmbeddingRow(defaultEmbeddingModel)!;
const folder = resolve(import.meta.dirname, "../../../.cache/models", row.id);
const isThere = existsSync(join(folder, "config.json"));

describe.skipIf(!isThere)("with the default model (skipped while set-up has not fetched it)", () => {
  const open = () => openEmbedder({ row, folder, threads: 1 });
  embedderContract("transformers.js with MiniLM", open);

  test("cuts at the longest input: what lies beyond changes nothing", async () => {
    const embedder = await open();
    const { signal } = new AbortController();
    const start = "harbour ".repeat(row.longestInput - 2);
    const [cut, whole] = await embedder.embedDocuments([start, `${start}${"invoice ".repeat(500)}`], signal);
    expect([...whole!]).toEqual([...cut!]);
    expect(embedder.countTokens(start)).toBe(row.longestInput - 2);
    await embedder.close();
  });

  test("gives the vectors of the model's published example", async () => {
    const embedder = await open();
    const { signal } = new AbortController();
    const [a, b, c] = await embedder.embedDocuments(
      ["That is a happy person", "That is a happy dog", "Today is a sunny day"],
      signal,
    );
    const dot = (x: Float32Array, y: Float32Array): number =>
      x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(dot(a!, b!)).toBeCloseTo(0.695, 1);
    expect(dot(a!, c!)).toBeCloseTo(0.257, 1);
    await embedder.close();
  });
});

test("says that a model is missing", async () => {
  const empty = await mkdtemp(join(tmpdir(), "qwill-model-"));
  await expect(openEmbedder({ row, folder: empty, threads: 1 })).rejects.toMatchObject({
    code: "model-missing",
  });
  await rm(empty, { recursive: true });
});
