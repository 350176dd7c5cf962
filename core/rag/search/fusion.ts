import type { SearchMode } from "../../contract/search.ts";

/** A passage that either search found, with what each says of it; null: it says nothing. */
export interface Candidate {
  readonly passageId: number;
  readonly documentId: number;
  /** Cosine. Null: the passage has no vector. */
  readonly cosine: number | null;
  /** BM25. Null: none of the words stands in it. */
  readonly bm25: number | null;
}

export interface Ranked extends Candidate {
  /** 0–1, higher is better. */
  readonly score: number;
  /** BM25 as a share of the best possible, 0–1. */
  readonly wordScore: number | null;
}

/** Weights of the vectors, chosen once on labelled sets: build/decisions/fusing-words-and-vectors.md. */
export const VECTOR_WEIGHT = { known: 0.5, unknown: 0.08 } as const;

/**
 * Share of the vectors in the score. In a language the model does not know, a high background says that it
 * can hardly tell texts apart: the less it can, the less it weighs.
 */
export function vectorWeightFor(
  isKnown: boolean,
  background: number,
  weights: { readonly known: number; readonly unknown: number } = VECTOR_WEIGHT,
): number {
  return isKnown ? weights.known : weights.unknown * (1 - background) ** 2;
}

export interface FusionOptions {
  readonly mode: SearchMode;
  /** Share of the vectors in the score, 0–1. */
  readonly vectorWeight: number;
  /** The best BM25 that a passage could have for these words. */
  readonly bound: number;
  /** The cosine that any passage has with the question: what the model gives for nothing in common. */
  readonly background: number;
}

/**
 * Ranks candidates by a convex combination of two scores that mean the same in every search: the cosine
 * above the background, and BM25 as a share of its bound. A passage without a vector is judged by its words.
 */
export function fuse(candidates: readonly Candidate[], options: FusionOptions): Ranked[] {
  const { mode, vectorWeight, bound, background } = options;
  const above = (cosine: number): number => (cosine - background) / Math.max(1 - background, 1e-6);
  const ranked = candidates.map((candidate): Ranked => {
    const words = candidate.bm25 === null || bound <= 0 ? 0 : Math.min(1, candidate.bm25 / bound);
    const vector = candidate.cosine === null ? words : above(candidate.cosine);
    const score =
      mode === "vectors"
        ? (candidate.cosine ?? -1)
        : mode === "words"
          ? words
          : vectorWeight * vector + (1 - vectorWeight) * words;
    return { ...candidate, score, wordScore: candidate.bm25 === null ? null : words };
  });
  return ranked.toSorted((a, b) => b.score - a.score || a.passageId - b.passageId);
}
