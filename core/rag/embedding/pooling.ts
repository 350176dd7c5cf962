import type { Pooling } from "../../models/embedding-catalogue.ts";

/**
 * One unit vector out of a batch's token vectors (`states`, [row, token, dimension], padded on the
 * right to `length`): row `row`, which has `tokens` real tokens.
 */
export function pool(
  states: Float32Array,
  row: number,
  length: number,
  tokens: number,
  dimension: number,
  pooling: Pooling,
): Float32Array {
  const start = row * length * dimension;
  const vector = new Float32Array(dimension);
  if (pooling === "mean") {
    for (let token = 0; token < tokens; token++) {
      const offset = start + token * dimension;
      for (let i = 0; i < dimension; i++) vector[i]! += states[offset + i]!;
    }
  } else {
    const offset = start + (pooling === "cls" ? 0 : tokens - 1) * dimension;
    vector.set(states.subarray(offset, offset + dimension));
  }
  return toUnit(vector);
}

/** Scales in place to length 1; a zero vector stays zero. The index has its own, which copies. */
function toUnit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}
