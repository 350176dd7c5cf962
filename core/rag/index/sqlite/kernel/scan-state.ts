/** What one search keeps between its scans lies at an address, as 32-bit numbers: these, then the counts. */
export const scanState = { threshold: 0, above: 1, wanted: 2, counts: 4 } as const;

/** Counts of estimates, each of so many neighbouring ones, as a power of two. */
export const countShift = 5;

export const scanStateBytes = scanState.counts * 4 + (65_536 >> countShift) * 4;

/** Begins anew: only estimates above the threshold are found, and it is raised once `wanted` are above a higher one. */
export function beginScan(state: Int32Array, threshold: number, wanted: number): void {
  state.fill(0);
  state[scanState.threshold] = threshold;
  state[scanState.wanted] = wanted;
}
