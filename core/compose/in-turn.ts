/**
 * Runs each step once the one before is over, also when that failed: what is to be closed is closed. Throws the first
 * failure in the end.
 */
export async function inTurn(...steps: readonly (() => Promise<unknown> | void)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps)
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
}
