import type { Embedder } from "../../core/rag/embedder.ts";

/** Cosine of each sentence to the question, in their order. */
export async function similarities(
  embedder: Embedder,
  question: string,
  sentences: readonly string[],
  signal: AbortSignal,
): Promise<number[]> {
  const query = await embedder.embedQuery(question, signal);
  const vectors = await embedder.embedDocuments(sentences, signal);
  return vectors.map((vector) => vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0));
}
