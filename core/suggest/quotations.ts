import type { Range } from "../contract/documents.ts";
import { operatorsIn } from "./claim-lexicon.ts";

const PAIRS: readonly RegExp[] = [
  /“([^“”]+)”/gu,
  /„([^„“”]+)[“”]/gu,
  /«([^«»]+)»/gu,
  /「([^「」]+)」/gu,
  /『([^『』]+)』/gu,
  /(?<![\p{L}\p{N}])"([^"\n]+)"/gu,
];
/** Shorter ones are names and terms in quotation marks, not quotations. */
const FEWEST_WORDS = 3;
const FEWEST_CJK = 6;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** Marks that a writer may render straight or curly, and dashes, count as one. */
const SAME: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "\u00a0": " ",
  "\u202f": " ",
  "‐": "-",
  "‑": "-",
};

/** The quotations in a claim, as written there; `isBlock`: the whole claim is a Markdown block quotation. */
export function quotationsIn(claim: string, isBlock: boolean): string[] {
  if (isBlock) {
    const whole = claim
      .split("\n")
      .map((line) => line.replace(/^[ \t]*>[ \t]?/u, ""))
      .join("\n")
      .trim();
    const unquoted = /^[“"„「『](.*)[”"“」』]$/su.exec(whole)?.[1] ?? whole;
    return unquoted === "" ? [] : [unquoted];
  }
  const found = PAIRS.flatMap((pair) => [...claim.matchAll(pair)].map((match) => match[1] ?? ""));
  return found.filter(
    (quoted) =>
      quoted.trim().split(/\s+/).length >= FEWEST_WORDS || (quoted.match(CJK)?.length ?? 0) >= FEWEST_CJK,
  );
}

interface Letters {
  readonly text: string;
  /** For each letter of `text`, its offset in the original. */
  readonly offsets: readonly number[];
}

/** Without white space, Markdown escapes and kinds of quotation marks; every other letter as it is. */
function lettersOf(original: string, isMarkdown: boolean): Letters {
  let text = "";
  const offsets: number[] = [];
  for (let at = 0; at < original.length; at += 1) {
    if (isMarkdown && original[at] === "\\" && /[!-/:-@[-`{-~]/.test(original[at + 1] ?? "")) at += 1;
    const letter = original[at]!;
    if (/\s/.test(letter)) continue;
    text += SAME[letter] ?? letter;
    offsets.push(at);
  }
  return { text, offsets };
}

/** A source's text, made ready for many quotations. */
export interface QuotedText {
  readonly text: string;
  readonly letters: Letters;
  readonly sentences: readonly Range[];
}

export function makeQuotedText(text: string, sentences: readonly Range[]): QuotedText {
  return { text, letters: lettersOf(text, false), sentences };
}

/** Where a quotation stands; `isWhole` is false when what it leaves out could turn it round. */
export interface FoundQuote extends Range {
  readonly isWhole: boolean;
}

const ELLIPSIS = /\s*(?:\[(?:…|\.{3})\]|…|\.{3})\s*/u;
const FEWEST_PART_WORDS = 2;

/**
 * Where a quotation stands in a text letter for letter, white space aside; the final full stop may be the
 * writer's own, and "…" leaves out what lies between its parts. Parts of two words at least are looked for within
 * one sentence first; beyond it, or over a "not", they are found but not whole. Null when it does not stand there.
 */
export function findQuote(source: QuotedText, quotation: string): FoundQuote | null {
  const all = { start: 0, end: source.text.length };
  const whole = locate(source.letters, [lettersOf(quotation, true).text], all);
  if (whole) return { ...whole, isWhole: true };
  const written = quotation.split(ELLIPSIS).filter((part) => part.trim() !== "");
  if (written.length < 2 && !ELLIPSIS.test(quotation)) return null;
  if (!written.every(hasEnoughWords)) return null;
  const parts = written.map((part) => lettersOf(part, true).text);
  for (const sentence of source.sentences) {
    const found = locate(source.letters, parts, sentence);
    if (found)
      return { ...found, isWhole: !leavesOutOperator(source.text.slice(found.start, found.end), quotation) };
  }
  const apart = locate(source.letters, parts, all);
  return apart && { ...apart, isWhole: false };
}

function hasEnoughWords(part: string): boolean {
  return (
    part.trim().split(/\s+/u).length >= FEWEST_PART_WORDS ||
    (part.match(CJK)?.length ?? 0) >= FEWEST_PART_WORDS
  );
}

/** What lies between the parts says "not", "only", "if" or the like. */
function leavesOutOperator(original: string, quotation: string): boolean {
  const quoted = operatorsIn(quotation);
  return [...operatorsIn(original)].some(([operator, count]) => count > (quoted.get(operator) ?? 0));
}

/** The parts one after the other within a range of the original, or null. */
function locate(source: Letters, parts: readonly string[], within: Range): Range | null {
  if (parts.length === 0) return null;
  const limit = firstAtOrAfter(source.offsets, within.end);
  let from = firstAtOrAfter(source.offsets, within.start);
  let start = -1;
  let end = 0;
  for (const [index, part] of parts.entries()) {
    const wanted = [
      part,
      ...(index === parts.length - 1 ? [part.replace(/[.,;:。，；：]$/u, "")] : []),
    ].filter((each) => each !== "");
    const found = wanted
      .map((each) => ({ at: source.text.indexOf(each, from), length: each.length }))
      .find(({ at, length }) => at >= 0 && at + length <= limit);
    if (!found) return null;
    if (start < 0) start = source.offsets[found.at] ?? 0;
    from = found.at + found.length;
    end = (source.offsets[from - 1] ?? 0) + 1;
  }
  return { start, end };
}

/** The first index whose offset is `wanted` or more, by halving. */
function firstAtOrAfter(offsets: readonly number[], wanted: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
