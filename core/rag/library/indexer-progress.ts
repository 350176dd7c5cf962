import type { IndexProgress } from "../../contract/documents.ts";
import type { Failure } from "../../contract/errors.ts";
import type { FileCounts } from "../../store/file-counts.ts";

/** What a run has done so far. */
export interface Done {
  ready: number;
  failed: number;
  embedded: number;
  readyPassages: number;
}
export const nothingDone: Readonly<Done> = { ready: 0, failed: 0, embedded: 0, readyPassages: 0 };

export interface Standing {
  readonly counts: FileCounts;
  readonly hasModel: boolean;
  readonly state: IndexProgress["state"];
  readonly ran: Readonly<Done>;
  /** The file in work. */
  readonly current: string | null;
  /** Passages a second, once it is honest. */
  readonly rate: number | null;
  readonly fault: Failure | null;
}

/** How far the work is: what this run has done, and what the rows say is left. */
export function progressOf({ counts, hasModel, state, ran, current, rate, fault }: Standing): IndexProgress {
  const open = hasModel ? counts.stored - counts.ready : 0;
  const total = counts.waiting + open + ran.ready + ran.failed;
  const allPassages = (hasModel ? counts.openPassages : 0) + ran.readyPassages;
  const passages = { total: allPassages, embedded: Math.min(ran.embedded, allPassages) };
  return {
    state,
    files: { total, read: total - counts.waiting, ready: ran.ready, failed: ran.failed },
    passages,
    current,
    passagesPerSecond: rate,
    secondsLeft:
      rate !== null && counts.waiting === 0 ? Math.ceil((passages.total - passages.embedded) / rate) : null,
    ...(fault !== null && { fault }),
  };
}

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
