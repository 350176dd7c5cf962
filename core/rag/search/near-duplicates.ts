const SHINGLE = 16;
/** Of all shingles those whose hash divides by this are kept: enough to compare, cheap to hold. */
const SAMPLING = 8;
const SKETCH = 8;
const SAME = 0.85;
const MULTIPLIER = 31;

interface Print {
  /** Digits in their order: two invoices that differ only in the sum are not the same. */
  readonly numbers: string;
  readonly shingles: ReadonlySet<number>;
  readonly whole: string;
}

function printOf(text: string): Print {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  let leaving = 1;
  for (let at = 0; at < SHINGLE; at += 1) leaving = Math.imul(leaving, MULTIPLIER);
  const shingles = new Set<number>();
  let hash = 0;
  for (let at = 0; at < letters.length; at += 1) {
    hash = (Math.imul(hash, MULTIPLIER) + letters.charCodeAt(at)) | 0;
    if (at >= SHINGLE) hash = (hash - Math.imul(leaving, letters.charCodeAt(at - SHINGLE))) | 0;
    // A multiplication spreads the low bits, which alone would follow the last letter.
    const spread = Math.imul(hash, 0x9e3779b1) >>> 0;
    if (at >= SHINGLE - 1 && spread % SAMPLING === 0) shingles.add(spread);
  }
  return {
    numbers: (text.match(/\p{N}+/gu) ?? []).join(" "),
    shingles,
    whole: shingles.size < SKETCH ? letters : "",
  };
}

function isSame(a: Print, b: Print): boolean {
  if (a.numbers !== b.numbers) return false;
  if (a.whole !== "" || b.whole !== "") return a.whole === b.whole;
  let shared = 0;
  for (const each of a.shingles) if (b.shingles.has(each)) shared += 1;
  return shared / (a.shingles.size + b.shingles.size - shared) >= SAME;
}

/** Remembers texts and tells whether one is, but for a word here and there, a text seen before. */
export interface DuplicateFilter {
  /** True when a near-duplicate was given before; else the text is remembered. */
  isRepeated(text: string): boolean;
}

/**
 * Compares texts by sampled runs of sixteen letters, only with those that share one of their smallest
 * hashes. Texts with other numbers are never the same.
 */
export function makeDuplicateFilter(): DuplicateFilter {
  const seen: Print[] = [];
  const bySketch = new Map<number | string, number[]>();
  return {
    isRepeated: (text) => {
      const print = printOf(text);
      const sketch: (number | string)[] =
        print.whole === "" ? [...print.shingles].toSorted((a, b) => a - b).slice(0, SKETCH) : [print.whole];
      const others = new Set(sketch.flatMap((value) => bySketch.get(value) ?? []));
      for (const other of others) {
        const known = seen[other];
        if (known && isSame(print, known)) return true;
      }
      const index = seen.push(print) - 1;
      for (const value of sketch) bySketch.set(value, [...(bySketch.get(value) ?? []), index]);
      return false;
    },
  };
}
