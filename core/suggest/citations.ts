import type { Range } from "../contract/documents.ts";
import type { Citation, Source } from "../contract/suggest.ts";
import type { TextWords } from "../contract/text-words.ts";
import { makeMarkScanner, type CitationMark } from "./citation-marks.ts";
import { makeClaimCheck, type ClaimCheck } from "./claim-check.ts";

/** What may stand between two marks of one claim: "[1], [2]", "[1]. [2]", "[1] and [2]". */
const BETWEEN_MARKS = /^[\s>.,;&。，；、]*(?:and|und|et|和|与|及)?[\s>]*$/iu;
const LONGEST_BETWEEN = 12;
const BEFORE_CLAIM = /^[\s.,;:。，；：>*-]+/u;

/** Reads marks out of a growing text and checks each claim once, when its mark is certain. */
export interface CitationReader {
  /** Citations whose marks became certain with this text. */
  push(text: string): Citation[];
  /** The last ones, that only the end makes certain. */
  end(): Citation[];
}

interface Claim {
  readonly at: Range;
  readonly text: string;
  readonly isQuoted: boolean;
}

/**
 * Offsets of the citations are those of all text pushed so far, joined. The work grows with the text: a claim
 * is looked for between its mark and the one before.
 */
export function makeCitationReader(sources: readonly Source[], words: TextWords): CitationReader {
  const scanner = makeMarkScanner();
  const byNumber = new Map(sources.map((source) => [source.number, source]));
  const checks = new Map<number, ClaimCheck>();
  /** The text behind the last mark, and where it begins. */
  let rest = "";
  let restStart = 0;
  let claim: Claim | null = null;

  const cite = (mark: CitationMark): Citation[] => {
    const start = Math.max(mark.blockStart, restStart);
    const before = rest.slice(start - restStart, mark.start - restStart);
    const isOfSameClaim =
      claim !== null && start === restStart && before.length <= LONGEST_BETWEEN && BETWEEN_MARKS.test(before);
    if (!claim || !isOfSameClaim) claim = claimIn(before, start, mark.isQuoted, words);
    rest = rest.slice(mark.end - restStart);
    restStart = mark.end;
    return mark.numbers.map((number) => check(mark, number, claim!));
  };

  const check = (mark: CitationMark, number: number, { at, text, isQuoted }: Claim): Citation => {
    const citation = { sourceNumber: number, at, mark: { start: mark.start, end: mark.end } };
    const source = byNumber.get(number);
    if (!source || text === "") return { ...citation, state: "not-found", quote: null };
    const known = checks.get(number) ?? makeClaimCheck(source.text, words);
    checks.set(number, known);
    const { state, place } = known(text, isQuoted);
    const quote = place && {
      start: source.start + place.start,
      end: source.start + place.end,
      text: source.text.slice(place.start, place.end),
    };
    return { ...citation, state, quote };
  };

  return {
    push: (text) => {
      rest += text;
      return scanner.push(text).flatMap(cite);
    },
    end: () => scanner.end().flatMap(cite),
  };
}

/** The sentence, or the block of quotation, that ends where its mark begins; `start` is the offset of `before`. */
function claimIn(before: string, start: number, isQuoted: boolean, words: TextWords): Claim {
  let end = before.length;
  while (end > 0 && /[\s>]/.test(before.charAt(end - 1))) end -= 1;
  const told = before.slice(0, end);
  // A block of quotation is one claim over its lines.
  const sentence = isQuoted ? { start: 0, end } : (words.sentences(told).at(-1) ?? { start: 0, end });
  const lead = BEFORE_CLAIM.exec(told.slice(sentence.start, sentence.end))?.[0].length ?? 0;
  const from = sentence.start + lead;
  return {
    at: { start: start + from, end: start + sentence.end },
    text: told.slice(from, sentence.end),
    isQuoted,
  };
}
