import type { ReadDb } from "../../../store/handle.ts";
import { byScore } from "../check-vectors.ts";
import type { VectorHit } from "../vector-store.ts";
import type { Candidate, MemoryIndex } from "./memory-index.ts";
import type { Question } from "./question.ts";
import { readVectors, vectorKey } from "./vector-rows.ts";

/** Candidates looked at exactly before asking again whether the next can still be among the best. */
const batch = 32;

/**
 * How far an estimate may lie below the truth, in distances over √width: 2.3 standard deviations of a
 * 1-bit code's error. Measured (recall@10, rows read) at 100,000: 1.0 → .980, 48; 1.7 → .991, 71;
 * no limit → .991; at 10,000: 1.0 → .981, 160; 1.7 → .992, 460; no limit → .994. Of 2,500 real
 * sentences of MiniLM: 1.0 → .995, 41; 1.7 → .999, 61.
 */
const margin = 1.7;

/** How many candidates the first stage gathers for the `k` nearest: first, and where that was not enough. */
export function candidateCounts(k: number): readonly number[] {
  return [Math.max(256, 3 * k), Math.max(896, 8 * k)];
}

/**
 * The `k` nearest of the candidates by their stored vectors, best first. Reads them from the best
 * estimate down; `settled` where it could stop since no later one can be expected to be nearer.
 */
export function nearestOf(
  db: ReadDb,
  modelId: number,
  index: MemoryIndex,
  candidates: readonly Candidate[],
  question: Question,
  k: number,
): { hits: VectorHit[]; settled: boolean } {
  const slack = (margin * question.distance) / Math.sqrt(index.layout.width);
  let best: VectorHit[] = [];
  let size = Math.max(k, batch);
  for (let start = 0; start < candidates.length; start += size, size = batch) {
    const last = best[k - 1];
    const likely = question.constant + candidates[start]!.estimate * question.unit + slack;
    if (last && likely < last.score) return { hits: best, settled: true };
    const next = candidates.slice(start, start + size).sort((a, b) => a.passageId - b.passageId);
    const vectors = readVectors(
      db,
      next.map(({ passageId }) => vectorKey(modelId, passageId)),
    );
    if (vectors.length < next.length) throw new Error("the vector index and its rows have come apart");
    next.forEach(({ passageId, documentId }, i) => {
      best.push({ passageId, documentId, score: index.cosine(vectors[i]!) });
    });
    best = best.sort(byScore).slice(0, k);
  }
  return { hits: best, settled: false };
}
