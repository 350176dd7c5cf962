const lowest = -32_768;

/**
 * Keeps the best of (slot, estimate) pairs where the kernel wrote them. Estimates are 16-bit whole
 * numbers close together, so the place of the last one kept is found by counting, not by sorting.
 */
export class BestResults {
  private readonly keep: number;
  private readonly allows: ((slot: number) => boolean) | undefined;
  private readonly counts = new Uint16Array(65_536);
  /** Pairs that were looked at before. */
  private known = 0;

  constructor(keep: number, allows?: (slot: number) => boolean) {
    this.keep = keep;
    this.allows = allows;
  }

  /**
   * Moves the best pairs of `results` to its front, in order of arrival. Gives how many stay, and the
   * estimate that a later one must pass to be better.
   */
  shrink(results: Int32Array): { kept: number; threshold: number } {
    const length = this.filter(results);
    if (length <= this.keep) {
      this.known = length;
      return { kept: length, threshold: lowest };
    }
    const { counts } = this;
    let highest = lowest;
    for (let i = 1; i < length * 2; i += 2) {
      const estimate = results[i]!;
      if (estimate > highest) highest = estimate;
      counts[estimate - lowest] = counts[estimate - lowest]! + 1;
    }
    let threshold = highest;
    let above = 0;
    while (above + counts[threshold - lowest]! < this.keep) above += counts[threshold-- - lowest]!;
    for (let i = 1; i < length * 2; i += 2) counts[results[i]! - lowest] = 0;
    let room = this.keep - above;
    let kept = 0;
    for (let i = 0; i < length * 2; i += 2) {
      const estimate = results[i + 1]!;
      if (estimate < threshold || (estimate === threshold && room-- <= 0)) continue;
      results[kept * 2] = results[i]!;
      results[kept * 2 + 1] = estimate;
      kept++;
    }
    this.known = kept;
    return { kept, threshold };
  }

  /** Drops new pairs that the search may not return; gives how many are left. */
  private filter(results: Int32Array): number {
    if (!this.allows) return results.length / 2;
    let length = this.known;
    for (let i = this.known * 2; i < results.length; i += 2) {
      if (!this.allows(results[i]!)) continue;
      results[length * 2] = results[i]!;
      results[length * 2 + 1] = results[i + 1]!;
      length++;
    }
    return length;
  }
}

/** Places of pairs, best estimate first, equal ones in order of arrival; at most 65,536 pairs. */
export function byEstimate(results: Int32Array): number[] {
  const keys = new Float64Array(results.length / 2);
  for (let i = 0; i < keys.length; i++) keys[i] = (32_767 - results[i * 2 + 1]!) * 65_536 + i;
  return Array.from(keys.sort(), (key) => key % 65_536);
}
