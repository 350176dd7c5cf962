/** Time for what waits: the system's, or one that a test moves on. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs the work once after so many milliseconds; what it returns takes that back. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
