/** Lets whatever waits (a search, a request of the window) run before long work goes on. */
export function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
