/** How near in meaning sentences are to the question, cosine in their order; null where no model is there. */
export type SentenceSimilarity = (
  question: string,
  sentences: readonly string[],
  signal: AbortSignal,
) => Promise<readonly number[] | null>;
