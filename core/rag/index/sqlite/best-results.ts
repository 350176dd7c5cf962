/** Below every estimate but that of a gap. */
export const lowest = -32_768;
/** How many pairs have each estimate; all zero between two calls, so that one array serves every search. */
const counts = new Uint16Array(65_536);

/**
 * Keeps the best of (slot, estimate) pairs where the kernel wrote them. Estimates are 16-bit whole
 * numbers close together, so the place of the last one kept is found by counting, not by sorting.
 */
export class BestResults {
  private readonly keep: number;
  private readonly allows: ((slot: number) => boolean) | undefined;
  /** Pairs that were looked at before. */
  private known = 0;

  constructor(keep: number, allows?: (slot: number) => boolean) {
    this.keep = keep;
    this.allows = allows;
  }

  /**
   * Moves the best pairs of `results` to its front, in order of arrival. Gives how many stay, and the
   * estimate that a later one must pass to be better. `floor`: as many as are kept are known to be above it.
   */
  shrink(results: Int32Array, floor = lowest): { kept: number; threshold: number } {
    const length = this.filter(results, floor);
    if (length <= this.keep) {
      this.known = length;
      return { kept: length, threshold: lowest };
    }
    let highest = lowest;
    for (let i = 1; i < length * 2; i += 2) {
      const estimate = results[i]!;
      if (estimate > highest) highest = estimate;
      counts[estimate - lowest] = counts[estimate - lowest]! + 1;
    }
    let threshold = highest;
    let above = 0;
    while (above + counts[threshold - lowest]! < this.keep) above += counts[threshold-- - lowest]!;
    let room = this.keep - above;
    let kept = 0;
    for (let i = 0; i < length * 2; i += 2) {
      const estimate = results[i + 1]!;
      counts[estimate - lowest] = 0;
      if (estimate < threshold || (estimate === threshold && room-- <= 0)) continue;
      results[kept * 2] = results[i]!;
      results[kept * 2 + 1] = estimate;
      kept++;
    }
    this.known = kept;
    return { kept, threshold };
  }

  /** The best pairs in a copy, best estimate first, equal ones in order of arrival. */
  finish(results: Int32Array, floor = lowest): Int32Array {
    const length = this.filter(results, floor);
    return byEstimate(results.subarray(0, length * 2)).subarray(0, this.keep * 2);
  }

  /** Drops pairs that are not above the floor, and new ones that the search may not return; gives how many are left. */
  private filter(results: Int32Array, floor: number): number {
    const { allows } = this;
    if (!allows && floor === lowest) return results.length / 2;
    const firstNew = this.known * 2;
    let end = 0;
    for (let i = 0; i < results.length; i += 2) {
      const estimate = results[i + 1]!;
      if (estimate <= floor) continue;
      const slot = results[i]!;
      if (allows && i >= firstNew && !allows(slot)) continue;
      results[end] = slot;
      results[end + 1] = estimate;
      end += 2;
    }
    return end / 2;
  }
}

/** The pairs, best estimate first, equal ones in order of arrival; at most 65,536 pairs. */
function byEstimate(results: Int32Array): Int32Array {
  // One number holds estimate and place: the engine sorts whole numbers three times as fast as floats.
  const keys = new Uint32Array(results.length / 2);
  for (let i = 0; i < keys.length; i++) keys[i] = (32_767 - results[i * 2 + 1]!) * 65_536 + i;
  keys.sort();
  const sorted = new Int32Array(results.length);
  for (let i = 0; i < keys.length; i++) {
    const place = (keys[i]! & 65_535) * 2;
    sorted[i * 2] = results[place]!;
    sorted[i * 2 + 1] = results[place + 1]!;
  }
  return sorted;
}
