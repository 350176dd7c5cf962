/** A vector in 8-bit numbers. The scale is not kept: the direction is all that cosine needs. */
export function toInt8(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const out = new Int8Array(vector.length);
  if (largest === 0) return out;
  const scale = 127 / largest;
  for (let i = 0; i < out.length; i++) out[i] = Math.round(vector[i]! * scale);
  return out;
}

/** Stored bytes as the signed numbers they are, without copying. */
export function toSigned(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
