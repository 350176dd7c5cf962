/** What is searched for by words, and how good a passage could be at best. */
export interface ChosenTerms {
  readonly terms: readonly string[];
  /** BM25 that no passage exceeds: every term of the question in it, again and again. */
  readonly bound: number;
}

/** Rows that the full-text search may touch: its cost is about a microsecond a row. */
export const WORD_BUDGET = 12_000;
const MOST_TERMS = 48;
/** SQLite's own constants: k1 + 1, and the smallest weight of a term. */
const SATURATED = 2.2;
const LEAST_WEIGHT = 1e-6;

function weight(passages: number, frequency: number): number {
  return Math.max(LEAST_WEIGHT, Math.log((passages - frequency + 0.5) / (frequency + 0.5)));
}

/**
 * The rarest terms whose passages together stay within the budget, one at least. Terms that stand nowhere
 * count for the bound (no more of them than of the others), so that a passage with half of the question's
 * words does not look perfect.
 */
export function chooseTerms(
  terms: readonly string[],
  frequencies: ReadonlyMap<string, number>,
  passages: number,
  budget: number = WORD_BUDGET,
): ChosenTerms {
  const known = terms
    .flatMap((term) => {
      const frequency = frequencies.get(term) ?? 0;
      return frequency > 0 ? [{ term, frequency }] : [];
    })
    .toSorted((a, b) => a.frequency - b.frequency)
    .slice(0, MOST_TERMS);
  const chosen: typeof known = [];
  let rows = 0;
  for (const each of known) {
    rows += each.frequency;
    if (chosen.length > 0 && rows > budget) break;
    chosen.push(each);
  }
  const missing = Math.min(terms.length - known.length, chosen.length);
  const weights = chosen.map(({ frequency }) => weight(passages, frequency));
  // As heavy as the rarest word that is there: in a library of a few passages nothing else keeps the scale.
  const bound =
    SATURATED * (weights.reduce((sum, each) => sum + each, 0) + missing * Math.max(0, ...weights));
  return { terms: chosen.map(({ term }) => term), bound };
}
