import type { Clock } from "../watch-clock.ts";

/** Time that stands still until it is moved on. */
export interface FakeClock extends Clock {
  /** Moves time on, running what falls due on the way in its order. */
  advance(milliseconds: number): void;
}

export function makeFakeClock(start = Date.now()): FakeClock {
  let now = start;
  let waiting: { readonly at: number; readonly work: () => void }[] = [];
  return {
    now: () => now,
    after: (milliseconds, work) => {
      const entry = { at: now + milliseconds, work };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const next = waiting.toSorted((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) break;
        waiting = waiting.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.work();
      }
      now = end;
    },
  };
}
