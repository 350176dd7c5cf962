import type { Citation, Source } from "../contract/suggest.ts";
import type { TextWords } from "../contract/text-words.ts";
import { findQuote, quotationsIn } from "./quotations.ts";

/** `[1]`, `[2, 3]`, `【1】`, `［1］`; not an escaped bracket, a link or an image. */
const MARK =
  /(?<![\\!])(?:\[\s*(\d{1,3}(?:\s*[,，、;]\s*\d{1,3})*)\s*\](?![(:])|[【［]\s*(\d{1,3}(?:\s*[,，、;]\s*\d{1,3})*)\s*[】］])/gu;
/** A new expression each time: `matchAll` goes on from where the shared one stands. */
const marksIn = (text: string) => text.matchAll(new RegExp(MARK.source, "gu"));
/** Share of a claim's content words that must stand together in the source. */
const SUPPORT = 0.7;

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly number[];
}

/** Reads marks out of a growing text and checks each claim once, when its mark is complete. */
export interface CitationReader {
  /** Citations whose marks became complete with this text. */
  push(text: string): Citation[];
  /** The last ones, whose mark ended the text. */
  end(): Citation[];
}

/** Offsets of the citations are those of all text pushed so far, joined. */
export function makeCitationReader(sources: readonly Source[], words: TextWords): CitationReader {
  let text = "";
  let scanned = 0;
  const byNumber = new Map(sources.map((source) => [source.number, source]));

  const read = (isLast: boolean): Citation[] => {
    const found: Citation[] = [];
    MARK.lastIndex = scanned;
    for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
      const mark: Mark = {
        start: match.index,
        end: match.index + match[0].length,
        numbers: (match[1] ?? match[2] ?? "").split(/\D+/).filter(Boolean).map(Number),
      };
      // The next character decides whether it is a link.
      if (!isLast && mark.end === text.length) break;
      scanned = mark.end;
      const at = claimBefore(text, mark.start, words);
      for (const number of new Set(mark.numbers))
        if (number > 0) found.push(check(text, at, number, byNumber.get(number), words));
    }
    return found;
  };
  return {
    push: (added) => {
      text += added;
      return read(false);
    },
    end: () => read(true),
  };
}

/** The sentence or quotation that a mark at `markStart` stands for. */
function claimBefore(text: string, markStart: number, words: TextWords): { start: number; end: number } {
  const gap = markStart === 0 ? -1 : text.lastIndexOf("\n\n", markStart - 1);
  const from = gap < 0 ? 0 : gap + 2;
  const before = text.slice(from, markStart);
  const trailing =
    /(?:\s*(?:\[[\d,，、;\s]+\]|[【［][\d,，、;\s]+[】］]))*[\s>]*$/u.exec(before)?.[0].length ?? 0;
  const claimed = before.slice(0, before.length - trailing);
  if (/^\s*>/.test(before)) {
    // A block of quotation is one claim, up to the mark of an earlier one in the same block.
    const earlier = [...marksIn(claimed)].at(-1);
    const start = earlier ? earlier.index + earlier[0].length : 0;
    return trim(text, from + start, from + claimed.length);
  }
  const last = words.sentences(claimed).at(-1);
  if (!last) return { start: from, end: from + claimed.length };
  const marked = [...marksIn(claimed.slice(last.start, last.end))].at(-1);
  const start = marked ? last.start + marked.index + marked[0].length : last.start;
  const rest = claimed.slice(start, last.end).replace(/^[\s.,;:。，；：]+/u, "");
  return trim(text, from + last.end - rest.length, from + last.end);
}

function trim(text: string, start: number, end: number): { start: number; end: number } {
  const part = text.slice(start, end);
  const leading = /^[\s>*-]*/.exec(part)?.[0].length ?? 0;
  return { start: Math.min(start + leading, end), end: start + part.trimEnd().length };
}

function check(
  text: string,
  at: { start: number; end: number },
  number: number,
  source: Source | undefined,
  words: TextWords,
): Citation {
  const none: Citation = { sourceNumber: number, at, state: "not-found", quote: null };
  if (!source || at.end <= at.start) return none;
  const claim = text.slice(at.start, at.end);
  const lineStart = text.lastIndexOf("\n", at.start - 1) + 1;
  const isBlock = /^\s*>/.test(text.slice(lineStart, at.end));
  const quotations = quotationsIn(claim, isBlock);
  if (quotations.length > 0) {
    const places = quotations.map((quotation) => findQuote(source.text, quotation));
    if (places.some((place) => place === null)) return none;
    const longest = places.reduce(
      (best, place) => (place && (!best || place.end - place.start > best.end - best.start) ? place : best),
      null,
    );
    return longest ? { sourceNumber: number, at, state: "exact", quote: inDocument(source, longest) } : none;
  }
  const support = findSupport(claim, source.text, words);
  return support
    ? { sourceNumber: number, at, state: "supported", quote: inDocument(source, support) }
    : none;
}

function inDocument(source: Source, place: { start: number; end: number }): NonNullable<Citation["quote"]> {
  return {
    start: source.start + place.start,
    end: source.start + place.end,
    text: source.text.slice(place.start, place.end),
  };
}

/** The one to three neighbouring sentences that hold most of the claim's words, all its numbers among them. */
function findSupport(claim: string, text: string, words: TextWords): { start: number; end: number } | null {
  const wanted = words.questionTerms(claim);
  if (wanted.length === 0) return null;
  const numbers = wanted.filter((term) => /\d/.test(term));
  const sentences = words
    .sentences(text)
    .map((range) => ({ ...range, terms: new Set(words.terms(text.slice(range.start, range.end))) }));
  let best: { start: number; end: number; share: number } | null = null;
  for (let first = 0; first < sentences.length; first += 1) {
    const terms = new Set<string>();
    for (const sentence of sentences.slice(first, first + 3)) {
      for (const term of sentence.terms) terms.add(term);
      const share = wanted.filter((term) => terms.has(term)).length / wanted.length;
      if (share < SUPPORT || !numbers.every((term) => terms.has(term))) continue;
      const found = { start: sentences[first]!.start, end: sentence.end, share };
      const isNarrower =
        best !== null && share === best.share && found.end - found.start < best.end - best.start;
      if (best === null || share > best.share || isNarrower) best = found;
    }
  }
  return best;
}
