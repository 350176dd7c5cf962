import { byScore, checkRows, checkVector, lastOfEach, toUnit } from "../check-vectors.ts";
import { cosineInt8, toInt8 } from "../int8.ts";
import type { VectorHit, VectorScope, VectorStore } from "../vector-store.ts";

/** Vectors in memory, searched by looking at every one: the measure for every other store, and the fake in tests. */
export function makeMemoryVectorStore(options: { fingerprint: string; dimension: number }): VectorStore {
  const rows = new Map<number, { documentId: number; vector: Int8Array }>();
  return {
    ...options,
    count: async () => rows.size,
    add: async (added) => {
      checkRows(added, options.dimension);
      for (const row of lastOfEach(added))
        rows.set(row.passageId, { documentId: row.documentId, vector: toInt8(row.vector) });
    },
    removePassages: async (passageIds) => {
      for (const id of passageIds) rows.delete(id);
    },
    removeDocuments: async (documentIds) => {
      const gone = new Set(documentIds);
      for (const [id, row] of rows) if (gone.has(row.documentId)) rows.delete(id);
    },
    search: async (query: Float32Array, k: number, scope: VectorScope, signal: AbortSignal) => {
      signal.throwIfAborted();
      checkVector(query, options.dimension);
      const unit = toUnit(query);
      const hits: VectorHit[] = [];
      for (const [passageId, row] of rows) {
        if (scope.allows && !scope.allows(row.documentId)) continue;
        hits.push({ passageId, documentId: row.documentId, score: cosineInt8(unit, row.vector) });
      }
      return hits.toSorted(byScore).slice(0, k);
    },
    scores: async (query, passageIds) => {
      checkVector(query, options.dimension);
      const unit = toUnit(query);
      const scores = new Map<number, number>();
      for (const id of passageIds) {
        const row = rows.get(id);
        if (row) scores.set(id, cosineInt8(unit, row.vector));
      }
      return scores;
    },
    close: async () => rows.clear(),
  };
}
