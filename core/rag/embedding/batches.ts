/** One run of the model: which inputs, and the length all are padded to. */
export interface Batch {
  readonly indexes: readonly number[];
  readonly length: number;
}

/**
 * Groups inputs of like length, so that little is padding and no batch has more than `limit` tokens
 * (a single longer input stands alone). Longest first: memory peaks at once, and progress only gets faster.
 */
export function batchesByLength(lengths: readonly number[], limit: number): Batch[] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const batches: Batch[] = [];
  let from = 0;
  while (from < order.length) {
    const length = lengths[order[from]!]!;
    const size = Math.max(1, Math.floor(limit / Math.max(1, length)));
    batches.push({ indexes: order.slice(from, from + size), length });
    from += size;
  }
  return batches;
}
