import type { FoundFile } from "./watch-walk.ts";

/**
 * Says when a changed file is to be read. The first change is read at once; a file that goes on changing is read
 * at distances that double, and while it is being written not at all, until it stood still or the longest
 * distance is over. Kept in memory: a start reads whatever changed.
 */
export interface ReadPace {
  /** True: read it now. False: look again later, it is among `takeDue` then. `now` in milliseconds. */
  isReady(file: Pick<FoundFile, "path" | "modifiedAt">, now: number): boolean;
  /** When the first of those that wait is due; null: none waits. */
  nextDue(): number | null;
  /** Paths that waited and are to be looked at now. */
  takeDue(now: number): string[];
  /** Files that are remembered. */
  readonly size: number;
}

interface Entry {
  /** Not read before. */
  notBefore: number;
  /** The distance to the reading after that. */
  distance: number;
  /** It was put off and nothing looked at it since. */
  isWaiting: boolean;
  /** Put off since then; null: it is not. */
  since: number | null;
}

export interface PaceOptions {
  /** Milliseconds without a change after which a file stands still. */
  readonly still: number;
  /** The first distance between two readings, and the longest. */
  readonly first: number;
  readonly longest: number;
}

export const usualPace: PaceOptions = { still: 400, first: 2_000, longest: 600_000 };

export function makeReadPace({ still, first, longest }: PaceOptions): ReadPace {
  const entries = new Map<string, Entry>();

  /** A file that nothing was heard of for as long as it would have had to wait is like any other. */
  function entryOf(path: string, now: number): Entry {
    const known = entries.get(path);
    if (known && (known.isWaiting || known.since !== null || now <= known.notBefore + known.distance))
      return known;
    const made = { notBefore: now, distance: first, isWaiting: false, since: null };
    entries.set(path, made);
    return made;
  }

  function putOff(entry: Entry, now: number, until: number): false {
    entry.since ??= now;
    entry.notBefore = until;
    entry.isWaiting = true;
    return false;
  }

  return {
    get size() {
      return entries.size;
    },
    isReady: ({ path, modifiedAt }, now) => {
      const entry = entryOf(path, now);
      entry.isWaiting = false;
      if (now < entry.notBefore) return putOff(entry, now, entry.notBefore);
      const age = now - modifiedAt;
      const isBeingWritten = age >= 0 && age < still;
      const hasWaited = entry.since !== null && now - entry.since >= longest;
      const until = now + entry.distance;
      entry.distance = Math.min(longest, entry.distance * 2);
      if (isBeingWritten && !hasWaited) return putOff(entry, now, until);
      entry.notBefore = until;
      entry.since = null;
      return true;
    },
    nextDue: () => {
      let due: number | null = null;
      for (const entry of entries.values())
        if (entry.isWaiting && (due === null || entry.notBefore < due)) due = entry.notBefore;
      return due;
    },
    takeDue: (now) => {
      const due: string[] = [];
      for (const [path, entry] of entries) {
        if (entry.isWaiting && entry.notBefore <= now) {
          entry.isWaiting = false;
          due.push(path);
        } else if (!entry.isWaiting && now > entry.notBefore + entry.distance) entries.delete(path);
      }
      return due;
    },
  };
}
