// @ts-check

/** The largest weight of seven bits: 255 · 63 · 2 stays below 32,768, where processors without VNNI saturate. */
const largest = 63;

/**
 * A matrix in seven bits with one scale for each of its outputs.
 * @param {Float32Array} matrix [outputs, inputs], row by row
 * @param {number} inputs
 * @returns {{ values: Int8Array, scales: Float32Array }} values [inputs, outputs]: value · scale is the weight
 */
export function sevenBits(matrix, inputs) {
  const outputs = matrix.length / inputs;
  const values = new Int8Array(matrix.length);
  const scales = new Float32Array(outputs);
  for (let row = 0; row < outputs; row += 1) {
    const start = row * inputs;
    let most = 0;
    for (let at = start; at < start + inputs; at += 1) most = Math.max(most, Math.abs(matrix[at] ?? 0));
    const scale = Math.fround(most / largest) || 1;
    scales[row] = scale;
    for (let column = 0; column < inputs; column += 1)
      values[column * outputs + row] = Math.round((matrix[start + column] ?? 0) / scale);
  }
  return { values, scales };
}

/**
 * Matrices of the same width, one below the other.
 * @param {readonly Float32Array[]} matrices
 */
export function joined(matrices) {
  const all = new Float32Array(matrices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const matrix of matrices) {
    all.set(matrix, at);
    at += matrix.length;
  }
  return all;
}

/**
 * The number that a half (IEEE 754 binary16) stands for.
 * @param {number} bits
 */
export function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
