import { baseScale, factorScale } from "./encoder.ts";
import type { Rotation } from "./rotation.ts";

/** A question made ready for the kernel. */
export interface Question {
  /** 16 bytes for each 4 coordinates: the sum of their values under each pattern of signs, at most 15. */
  readonly tables: Uint8Array;
  readonly shift: number;
  readonly offset: number;
  readonly weight: number;
  /** Cosine of an estimate: `constant + estimate × unit`. */
  readonly constant: number;
  readonly unit: number;
  /** Distance of the question from the centre: what the error of an estimate grows with. */
  readonly distance: number;
}

const largestEntry = 15;

export function makeQuestion(query: Float32Array, center: Float32Array, rotation: Rotation): Question {
  const { width } = rotation;
  const rest = new Float64Array(width);
  let constant = 0;
  let square = 0;
  for (let i = 0; i < query.length; i++) {
    const value = query[i]! - center[i]!;
    rest[i] = value;
    square += value * value;
    constant += query[i]! * center[i]!;
  }
  rotation.rotate(rest);
  const groups = width / 4;
  const reach = new Float32Array(groups);
  let widest = 0;
  let total = 0;
  for (let group = 0; group < groups; group++) {
    const at = group * 4;
    const sum =
      Math.abs(rest[at]!) + Math.abs(rest[at + 1]!) + Math.abs(rest[at + 2]!) + Math.abs(rest[at + 3]!);
    reach[group] = sum;
    total += sum;
    widest = Math.max(widest, sum);
  }
  const shift = Math.floor(Math.log2(32_767 / ((groups * largestEntry) / 2)));
  // A step below this would need a weight above 1 for the bases.
  const perStep = (factorScale / Math.sqrt(width)) * 2 ** -shift;
  const step = Math.max((widest * 2) / largestEntry, baseScale / 32_767 / perStep);
  const tables = new Uint8Array(groups * 16);
  const twice = 2 / step;
  for (let group = 0; group < groups; group++) {
    const at = group * 4;
    const a = rest[at]! * twice;
    const b = rest[at + 1]! * twice;
    const c = rest[at + 2]! * twice;
    const d = rest[at + 3]! * twice;
    // Rounded by what is added to all; a byte takes the whole part.
    const none = reach[group]! / step - (a + b + c + d) / 2 + 0.5;
    for (let high = 0; high < 4; high++) {
      const sum = none + (high & 1 ? c : 0) + (high & 2 ? d : 0);
      const first = group * 16 + high * 4;
      tables[first] = sum;
      tables[first + 1] = sum + a;
      tables[first + 2] = sum + b;
      tables[first + 3] = sum + a + b;
    }
  }
  const unit = step * perStep;
  return {
    tables,
    shift,
    offset: -Math.round((total / step) * 2 ** shift),
    weight: Math.min(32_767, Math.round(baseScale / unit)),
    constant,
    unit,
    distance: Math.sqrt(square),
  };
}
