/** The value below which a share of the sorted values lies; `share` 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Milliseconds that one piece of work took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Milliseconds of each contender's work on every item, by name. They take turns in rounds: a machine
 * that is busy for a while is busy for all of them, and none works in caches another just emptied.
 */
export async function inTurns<Item>(
  contenders: Readonly<Record<string, (item: Item) => unknown>>,
  items: readonly Item[],
  rounds: number,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(contenders)) {
      await work(items[round % items.length]!);
      const mine = (times[name] ??= []);
      for (const item of items) mine.push(await timed(() => work(item)));
    }
  }
  return times;
}
