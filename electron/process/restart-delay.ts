/** Deaths longer ago than this no longer count. */
const memory = 60_000;

/** Milliseconds to wait before the next start: none after the first death, then longer, 10 s at most. */
export function restartDelay(deaths: readonly number[], now: number): number {
  const recent = deaths.filter((at) => now - at < memory).length;
  return recent <= 1 ? 0 : Math.min(10_000, 250 * 2 ** (recent - 2));
}
