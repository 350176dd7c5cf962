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

const WORD = /[\p{L}\p{M}\p{N}]/u;
/** One sign of a word whose words stand apart by blanks. */
const isSpaced = (letter: string): boolean => WORD.test(letter) && letter.search(CJK) < 0;

/**
 * Without Markdown escapes, kinds of quotation marks and white space, but for one blank between two words of a
 * script that has blanks: "the rapist" is not "therapist". Every other letter as it is.
 */
function lettersOf(original: string, isMarkdown: boolean): Letters {
  let text = "";
  let isParted = false;
  const offsets: number[] = [];
  for (let at = 0; at < original.length; at += 1) {
    if (isMarkdown && original[at] === "\\" && /[!-/:-@[-`{-~]/.test(original[at + 1] ?? "")) at += 1;
    const letter = original[at]!;
    if (/\s/.test(letter)) {
      isParted = true;
      continue;
    }
    if (isParted && isSpaced(letter) && isSpaced(text.at(-1) ?? "")) {
      text += " ";
      offsets.push(at - 1);
    }
    isParted = false;
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

const NUMERAL = /[〇零一二两三四五六七八九十百千万亿\d]/u;
/** At the bar. A sign before a number is a minus where no word stands before it. */
const CUT_NUMBER = [/\d\|[.,]\d/u, /\d[.,]\|\d/u, /(?:^|[^\p{L}\p{N}])[-−]\|\d/u] as const;
const PARTS = /[,;:，；：、(（–—]|(?<!\p{L})(?:and|but|und|aber|sondern)(?!\p{L})|[但而]/iu;
const ELLIPSIS = /\s*(?:\[(?:…|\.{3})\]|…|\.{3})\s*/u;
const FEWEST_PART_WORDS = 2;

/**
 * Where a quotation stands in a text letter for letter, white space aside; the final full stop may be the
 * writer's own, and "…" leaves out what lies between its parts. Parts of two words at least are looked for within
 * one sentence first; beyond it, or over a "not", they are found but not whole, and so is what stands behind a "not"
 * that the claim has not. Null when it does not stand there.
 */
export function findQuote(source: QuotedText, quotation: string, claim: string): FoundQuote | null {
  const all = { start: 0, end: source.text.length };
  const whole = locate(source.letters, [lettersOf(quotation, true).text], all);
  if (whole) return { ...whole, isWhole: !isTurned(source, whole, claim) };
  const written = quotation.split(ELLIPSIS).filter((part) => part.trim() !== "");
  if (written.length < 2 && !ELLIPSIS.test(quotation)) return null;
  if (!written.every(hasEnoughWords)) return null;
  const parts = written.map((part) => lettersOf(part, true).text);
  for (const sentence of source.sentences) {
    const found = locate(source.letters, parts, sentence);
    if (!found) continue;
    const isLess = leavesOutOperator(source.text.slice(found.start, found.end), quotation);
    return { ...found, isWhole: !isLess && !isTurned(source, found, claim) };
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

/** A "not" stands before the quotation, in its own part of the sentence, and the claim says none. */
function isTurned(source: QuotedText, found: Range, claim: string): boolean {
  const sentence = source.sentences.find(({ start, end }) => start <= found.start && found.start < end);
  const before =
    source.text
      .slice(sentence?.start ?? 0, found.start)
      .split(PARTS)
      .at(-1) ?? "";
  const said = operatorsIn(before + source.text.slice(found.start, found.end)).get("negation") ?? 0;
  return before.trim() !== "" && said > (operatorsIn(claim).get("negation") ?? 0);
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
      .map((each) => ({ at: indexOfWhole(source.text, each, from, limit), length: each.length }))
      .find(({ at }) => at >= 0);
    if (!found) return null;
    if (start < 0) start = source.offsets[found.at] ?? 0;
    from = found.at + found.length;
    end = (source.offsets[from - 1] ?? 0) + 1;
  }
  return { start, end };
}

/** Where a part stands that begins and ends with no half word and no half number; -1 where it does not. */
function indexOfWhole(text: string, part: string, from: number, limit: number): number {
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (end > limit) return -1;
    if (!isCut(text, at) && !isCut(text, end)) return at;
  }
  return -1;
}

/** A word or a number goes over this index: un|lawful, 1|5, 1|.000, −|5, 五|十. */
function isCut(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return false;
  const [before, behind] = [text.charAt(at - 1), text.charAt(at)];
  if (isSpaced(before) && isSpaced(behind)) return true;
  if (NUMERAL.test(before) && NUMERAL.test(behind)) return true;
  const around = `${text.slice(Math.max(0, at - 2), at)}|${text.slice(at, at + 2)}`;
  return CUT_NUMBER.some((cut) => cut.test(around));
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
