/** What became of the rounds of one kind of fault. */
export interface Tally {
  rounds: number;
  /** Rounds that broke a promise, each in words with its seed. */
  readonly failures: string[];
  /** Refused with a code, or told to the person. */
  told: number;
  /** Things that were missing afterwards: of which the person was told, and of which not. */
  lostAndTold: number;
  lostInSilence: number;
}

export const newTally = (): Tally => ({ rounds: 0, failures: [], told: 0, lostAndTold: 0, lostInSilence: 0 });

/** The rounds of both together. */
export function joinTallies(one: Tally, other: Tally): Tally {
  return {
    rounds: one.rounds + other.rounds,
    failures: [...one.failures, ...other.failures],
    told: one.told + other.told,
    lostAndTold: one.lostAndTold + other.lostAndTold,
    lostInSilence: one.lostInSilence + other.lostInSilence,
  };
}
