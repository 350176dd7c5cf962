import type { Embedder } from "../../core/rag/embedding/embedder.ts";

/**
 * The same model with every cosine raised to `base + (1 − base) × cosine`, by one more dimension that all texts
 * share: as models are that give .75 to texts with nothing in common.
 */
export function raiseCosines(embedder: Embedder, base: number): Embedder {
  const raise = (vector: Float32Array): Float32Array => {
    const raised = new Float32Array(vector.length + 1);
    raised.set(vector.map((value) => value * Math.sqrt(1 - base)));
    raised[vector.length] = Math.sqrt(base);
    return raised;
  };
  return {
    ...embedder,
    fingerprint: `${embedder.fingerprint}-raised`,
    dimension: embedder.dimension + 1,
    countTokens: (text) => embedder.countTokens(text),
    embedDocuments: async (texts, signal) => (await embedder.embedDocuments(texts, signal)).map(raise),
    embedQuery: async (text, signal) => raise(await embedder.embedQuery(text, signal)),
    close: () => embedder.close(),
  };
}
