import type { Code } from "./code-page.ts";
import type { Rotation } from "./rotation.ts";

/** Fixed-point scales: factors count in 4/√width, bases in 2, both over 32,768. */
export const factorScale = 4;
export const baseScale = 2;

/** Turns stored vectors into 1-bit codes around a centre. */
export interface Encoder {
  encode(vector: Int8Array): Code;
}

/**
 * RaBitQ's code of a vector: the signs of its rotated difference from the centre. With r that
 * difference and s its signs, q·v is estimated as q·c + c·r + (|r|² / r·s) (q-c)·s; base is c·r.
 */
export function makeEncoder(center: Float32Array, rotation: Rotation): Encoder {
  const { width } = rotation;
  const rest = new Float64Array(width);
  return {
    encode: (vector) => {
      let square = 0;
      for (const value of vector) square += value * value;
      const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
      rest.fill(0);
      let base = 0;
      let length = 0;
      for (let i = 0; i < vector.length; i++) {
        const value = vector[i]! * scale - center[i]!;
        rest[i] = value;
        base += value * center[i]!;
        length += value * value;
      }
      rotation.rotate(rest);
      const nibbles = new Uint8Array(width / 4);
      let absolute = 0;
      for (let i = 0; i < width; i++) {
        const value = rest[i]!;
        absolute += Math.abs(value);
        if (value > 0) nibbles[i >> 2]! |= 1 << (i & 3);
      }
      const factor = absolute > 0 ? length / absolute : 0;
      return {
        nibbles,
        factor: Math.min(32_767, Math.round((factor * Math.sqrt(width) * 32_768) / factorScale)),
        base: Math.max(-32_000, Math.min(32_767, Math.round((base * 32_768) / baseScale))),
      };
    },
  };
}
