/** A fixed random rotation: spreads what a vector holds evenly over its coordinates. */
export interface Rotation {
  /** Coordinates after the rotation: the dimension, filled up to a multiple of 32. */
  readonly width: number;
  /** Rotates in place; `values` has `width` numbers, those past the dimension zero. */
  rotate(values: Float64Array): void;
}

const rounds = 4;

/**
 * Sign flips and Walsh-Hadamard transforms over the first and the last power of two in turn, with
 * pairwise mixing between (the "FHT-Kac" rotation of RaBitQ's library). Frozen: codes depend on it.
 */
export function makeRotation(dimension: number): Rotation {
  const width = Math.ceil(dimension / 32) * 32;
  const span = 2 ** Math.floor(Math.log2(width));
  const half = width / 2;
  const mixes = span < width;
  const signs = makeSigns(rounds * width);
  const startOf = (round: number): number => (round % 2 === 0 ? 0 : width - span);
  // The transforms' and the mixings' scales are taken along with the signs.
  const factors = Float64Array.from(signs, (sign, i) => {
    const at = (i % width) - startOf(Math.floor(i / width));
    const inSpan = at >= 0 && at < span;
    return sign * (inSpan ? 1 / Math.sqrt(span) : 1) * (mixes ? Math.SQRT1_2 : 1);
  });
  return {
    width,
    rotate: (values) => {
      for (let round = 0; round < rounds; round++) {
        const first = round * width;
        for (let i = 0; i < width; i++) values[i] = values[i]! * factors[first + i]!;
        transform(values, startOf(round), span);
        if (!mixes) continue;
        for (let i = 0; i < half; i++) {
          const a = values[i]!;
          const b = values[i + half]!;
          values[i] = a + b;
          values[i + half] = a - b;
        }
      }
    },
  };
}

/** Two steps of the transform at a time while there are two. */
function transform(values: Float64Array, start: number, span: number): void {
  const end = start + span;
  let step = 1;
  for (; step * 4 <= span; step *= 4) {
    for (let block = start; block < end; block += step * 4) {
      for (let i = block; i < block + step; i++) {
        const a = values[i]!;
        const b = values[i + step]!;
        const c = values[i + 2 * step]!;
        const d = values[i + 3 * step]!;
        const near = a + b;
        const far = c + d;
        const nearGap = a - b;
        const farGap = c - d;
        values[i] = near + far;
        values[i + step] = nearGap + farGap;
        values[i + 2 * step] = near - far;
        values[i + 3 * step] = nearGap - farGap;
      }
    }
  }
  if (step === span) return;
  for (let i = start; i < start + step; i++) {
    const a = values[i]!;
    const b = values[i + step]!;
    values[i] = a + b;
    values[i + step] = a - b;
  }
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
