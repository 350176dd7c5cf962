import type { VectorRow } from "./search-index.ts";

/** Passage and document ids are kept in 32 bits. */
export const largestId = 2 ** 32 - 1;

function isId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= largestId;
}

/** Throws for what only a bug can hand in: a wrong dimension, a number that is none, an id out of range. */
export function checkRows(rows: readonly VectorRow[], dimension: number): void {
  for (const row of rows) {
    if (!isId(row.passageId) || !isId(row.documentId)) throw new Error("a vector needs whole, positive ids");
    checkVector(row.vector, dimension);
  }
}

export function checkVector(vector: Float32Array, dimension: number): void {
  if (vector.length !== dimension) {
    throw new Error(`a vector has ${vector.length} dimensions where the index has ${dimension}`);
  }
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (!Number.isFinite(sum)) throw new Error("a vector holds a number that is none");
}

/** The same direction with length 1; a zero vector stays zero. */
export function toUnit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return vector.map((value) => value * scale);
}

/** Best first, ties by passage id. */
export function byScore(
  a: { readonly score: number; readonly passageId: number },
  b: { readonly score: number; readonly passageId: number },
): number {
  return b.score - a.score || a.passageId - b.passageId;
}

/** The last row of each passage id, in order of first mention. */
export function lastOfEach(rows: readonly VectorRow[]): VectorRow[] {
  return [...new Map(rows.map((row) => [row.passageId, row])).values()];
}
