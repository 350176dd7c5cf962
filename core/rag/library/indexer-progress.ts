/** Notes how much was embedded when, and says a rate once it is honest. */
export interface RateMeter {
  /** Work begins; a pause before it does not count. */
  begin(): void;
  add(count: number): void;
  /** Per second over the last half minute; null before five seconds and 32 passages were seen. */
  rate(): number | null;
  reset(): void;
}

const windowMilliseconds = 30_000;
const leastMilliseconds = 5_000;
const leastCount = 32;

/** `now` in milliseconds, from any clock that only goes forward. */
export function makeRateMeter(now: () => number): RateMeter {
  let startedAt: number | null = null;
  let steps: { at: number; count: number }[] = [];
  return {
    begin: () => {
      startedAt ??= now();
    },
    add: (count) => {
      startedAt ??= now();
      steps.push({ at: now(), count });
      const oldest = now() - windowMilliseconds;
      while (steps[0] && steps[0].at < oldest) {
        startedAt = steps[0].at;
        steps.shift();
      }
    },
    rate: () => {
      const first = startedAt;
      const last = steps.at(-1);
      if (first === null || !last) return null;
      const span = last.at - first;
      const count = steps.reduce((sum, step) => sum + step.count, 0);
      return span < leastMilliseconds || count < leastCount ? null : (count / span) * 1000;
    },
    reset: () => {
      startedAt = null;
      steps = [];
    },
  };
}
