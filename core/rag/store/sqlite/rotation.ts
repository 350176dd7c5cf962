/** A fixed random rotation: spreads what a vector holds evenly over its coordinates. */
export interface Rotation {
  /** Coordinates after the rotation: the dimension, filled up to a multiple of 32. */
  readonly width: number;
  /** Rotates in place; `values` has `width` numbers, those past the dimension zero. */
  rotate(values: Float32Array): void;
}

const rounds = 4;

/**
 * Sign flips and Walsh-Hadamard transforms over the first and the last power of two in turn, with
 * pairwise mixing between (the "FHT-Kac" rotation of RaBitQ's library). Frozen: codes depend on it.
 */
export function makeRotation(dimension: number): Rotation {
  const width = Math.ceil(dimension / 32) * 32;
  const span = 2 ** Math.floor(Math.log2(width));
  const signs = makeSigns(rounds * width);
  const scale = 1 / Math.sqrt(span);
  const half = width / 2;
  const root = Math.SQRT1_2;
  return {
    width,
    rotate: (values) => {
      for (let round = 0; round < rounds; round++) {
        for (let i = 0; i < width; i++) values[i] = values[i]! * signs[round * width + i]!;
        transform(values, round % 2 === 0 ? 0 : width - span, span, scale);
        if (span === width) continue;
        for (let i = 0; i < half; i++) {
          const a = values[i]!;
          const b = values[i + half]!;
          values[i] = (a + b) * root;
          values[i + half] = (a - b) * root;
        }
      }
    },
  };
}

function transform(values: Float32Array, start: number, span: number, scale: number): void {
  for (let step = 1; step < span; step *= 2) {
    for (let block = start; block < start + span; block += step * 2) {
      for (let i = block; i < block + step; i++) {
        const a = values[i]!;
        const b = values[i + step]!;
        values[i] = a + b;
        values[i + step] = a - b;
      }
    }
  }
  for (let i = start; i < start + span; i++) values[i] = values[i]! * scale;
}

/** Plus and minus ones of a fixed xorshift sequence. */
function makeSigns(count: number): Int8Array {
  let state = 0x9e3779b9;
  return Int8Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 16) & 1 ? 1 : -1;
  });
}
