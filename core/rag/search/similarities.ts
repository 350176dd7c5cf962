import type { Embedder } from "../embedding/embedder.ts";
import { dot } from "./dot.ts";
import { detectLanguage, knowsLanguage } from "./language.ts";

/** Cosine of each sentence to the question, in their order; null where the model does not know the language. */
export async function similarities(
  embedder: Embedder,
  question: string,
  sentences: readonly string[],
  signal: AbortSignal,
): Promise<number[] | null> {
  if (!knowsLanguage(embedder.languages, detectLanguage(question))) return null;
  const query = await embedder.embedQuery(question, signal);
  const vectors = await embedder.embedDocuments(sentences, signal);
  return vectors.map((vector) => dot(vector, query));
}
