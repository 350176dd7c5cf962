/**
 * Work that runs once for those who ask for the same thing while it is under way: they all get what it came to, also
 * its failure. It runs under the signal of the first.
 */
export function joinEqual<Input, Output>(
  work: (input: Input, signal: AbortSignal) => Promise<Output>,
): (input: Input, signal: AbortSignal) => Promise<Output> {
  const underWay = new Map<string, Promise<Output>>();
  return (input, signal) => {
    const key = JSON.stringify(input);
    const same = underWay.get(key);
    if (same !== undefined) return same;
    const running = work(input, signal).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };
}
