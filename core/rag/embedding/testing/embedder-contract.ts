import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../embedder.ts";

/** What every embedder promises; `open` makes one, closed by the suite. */
export function embedderContract(name: string, open: () => Promise<Embedder>): void {
  describe(`${name} keeps the embedder contract`, () => {
    let embedder: Embedder;
    const { signal } = new AbortController();
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(async () => embedder.close());

    test("gives unit vectors of its dimension, in the order of the texts", async () => {
      const texts = [
        "A short one.",
        "x",
        `A longer text about ships. ${"The ship sails. ".repeat(20)}`,
        "Ships at sea.",
      ];
      const vectors = await embedder.embedDocuments(texts, signal);
      expect(vectors).toHaveLength(texts.length);
      for (const [index, vector] of vectors.entries()) {
        expect(vector).toHaveLength(embedder.dimension);
        expect(cosine(vector, vector)).toBeCloseTo(1, 4);
        const [alone] = await embedder.embedDocuments([texts[index]!], signal);
        expect(cosine(vector, alone!)).toBeGreaterThan(0.99);
      }
    });

    test("gives the same vector for the same text each time", async () => {
      const [once] = await embedder.embedDocuments(["The invoice is due in March."], signal);
      const [again] = await embedder.embedDocuments(["The invoice is due in March."], signal);
      expect([...again!]).toEqual([...once!]);
    });

    test("puts a question nearest to the text that answers it", async () => {
      const texts = [
        "The cat sleeps on the warm sofa.",
        "The invoice is due at the end of March.",
        "Rain is expected in Hamburg.",
      ];
      const vectors = await embedder.embedDocuments(texts, signal);
      const query = await embedder.embedQuery("When is the invoice due?", signal);
      const scores = vectors.map((vector) => cosine(query, vector));
      expect(scores.indexOf(Math.max(...scores))).toBe(1);
    });

    test("takes empty, endless and odd texts", async () => {
      const texts = [
        "",
        " \n",
        "word ".repeat(20_000),
        "a".repeat(200_000),
        "\u{1F600}\uD800 你好 \u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
      ];
      const vectors = await embedder.embedDocuments(texts, signal);
      for (const vector of vectors) expect(vector.every((value) => Number.isFinite(value))).toBe(true);
      expect(await embedder.embedDocuments([], signal)).toEqual([]);
    });

    test("counts the tokens of a text", () => {
      expect(embedder.countTokens("")).toBe(0);
      const one = embedder.countTokens("The harbour opens at dawn.");
      expect(one).toBeGreaterThanOrEqual(5);
      expect(
        embedder.countTokens("The harbour opens at dawn. The harbour opens at dawn."),
      ).toBeGreaterThanOrEqual(2 * one - 1);
    });

    test("stops when it is told to", async () => {
      await expect(embedder.embedDocuments(["text"], AbortSignal.abort())).rejects.toMatchObject({
        name: "AbortError",
      });
    });

    test("names what keys an index", () => {
      expect(embedder.fingerprint).toMatch(/^[0-9a-f]{32}$/);
      expect(embedder.longestInput).toBeGreaterThan(2);
      expect(embedder.languages.length).toBeGreaterThan(0);
    });
  });
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}
