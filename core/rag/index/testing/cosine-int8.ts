/** Cosine of a unit query with an 8-bit vector; 0 for a zero vector. What the kernel computes, in plain words. */
export function cosineInt8(query: Float32Array, vector: Int8Array): number {
  let dot = 0;
  let square = 0;
  for (let i = 0; i < query.length; i++) {
    const value = vector[i]!;
    dot += query[i]! * value;
    square += value * value;
  }
  return square > 0 ? dot / Math.sqrt(square) : 0;
}
