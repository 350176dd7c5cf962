/** Calls `act` at once and then at most once in `interval` milliseconds, never forgetting the last wish. */
export function throttle(interval: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  const run = (): void => {
    timer = setTimeout(() => {
      timer = null;
      if (!isWanted) return;
      isWanted = false;
      run();
    }, interval);
    act();
  };
  return () => {
    if (timer === null) run();
    else isWanted = true;
  };
}
