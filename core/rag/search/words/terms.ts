import type { Range } from "../../../contract/documents.ts";
import { foldWord, stemWord } from "./fold-word.ts";
import { nextRun, runEnd } from "./runs.ts";
import { stopWordsFor } from "./stop-words.ts";

/**
 * Scripts written without spaces become runs, cut to bigrams (Thai, Lao, Khmer, Burmese: trigrams) by our
 * own rule: a dictionary segmenter would change with every ICU and leave the index out of step.
 */
const HAN_LIKE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}ー々〇ｰﾞﾟ`;
const THAI_LIKE = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const RUNS = new RegExp(`([${HAN_LIKE}]+)|([${THAI_LIKE}]+)|[^${HAN_LIKE}${THAI_LIKE}]+`, "gu");
/** Below lie the alphabets; all scripts that are cut lie above. */
const FIRST_CUT_SCRIPT = 0x0e00;
const GROUPED_NUMBER = /\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+(?![\p{L}\p{N}\p{M}])/uy;
const SHORT_NUMBER = /^\d{1,3}$/;
/** What stands after an apostrophe in English and says nothing: Anna's, don't, we'll. */
const ENCLITIC = /^(?:s|t|d|m|re|ve|ll)$/i;
const LONGEST_ENCLITIC = 2;

interface Piece {
  readonly kind: "han" | "thai" | "word";
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function isCutScript(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) >= FIRST_CUT_SCRIPT) return true;
  return false;
}

function isAfterApostrophe(text: string, start: number): boolean {
  return start > 0 && (text[start - 1] === "'" || text[start - 1] === "’");
}

/** Calls back for each word, number or run of a text in order. A callback, since this is the hot path. */
function eachPiece(text: string, found: (piece: Piece) => void): void {
  let end: number;
  for (let start = nextRun(text, 0); start < text.length; start = nextRun(text, end)) {
    end = runEnd(text, start);
    const word = text.slice(start, end);
    if (isCutScript(word)) {
      for (const run of word.matchAll(RUNS)) {
        const at = start + run.index;
        const kind = run[1] !== undefined ? "han" : run[2] !== undefined ? "thai" : "word";
        found({ kind, start: at, end: at + run[0].length, text: run[0] });
      }
    } else if (word.length <= 3 && SHORT_NUMBER.test(word)) {
      GROUPED_NUMBER.lastIndex = start;
      if (GROUPED_NUMBER.test(text)) end = GROUPED_NUMBER.lastIndex;
      found({ kind: "word", start, end, text: text.slice(start, end).replace(/\D/g, "") });
    } else if (!(word.length <= LONGEST_ENCLITIC && ENCLITIC.test(word) && isAfterApostrophe(text, start)))
      found({ kind: "word", start, end, text: word });
  }
}

/** Raised when a rule here changes, so that an index made by older rules is made anew. */
export const TERMS_VERSION = 1;

const remembered = new Map<string, { folded: string; stem: string }>();
const MOST_REMEMBERED = 50_000;
const LONGEST_WORD = 64;

/** Folded and stemmed form of a word; the frequent ones are remembered, which is most of the speed. */
function reduce(word: string): { folded: string; stem: string } {
  const known = remembered.get(word);
  if (known) return known;
  const folded = foldWord(word.slice(0, LONGEST_WORD)).replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
  const made = { folded, stem: stemWord(folded) };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(word, made);
  return made;
}

function grams(run: string, size: number): string[] {
  const letters = [...run];
  if (letters.length <= size) return [letters.join("")];
  return Array.from({ length: letters.length - size + 1 }, (_, at) => letters.slice(at, at + size).join(""));
}

function gramsOf(piece: Piece): string[] {
  return grams(foldWord(piece.text), piece.kind === "han" ? 2 : 3);
}

/**
 * The terms a text is found by, in order, repeats kept: stems of words, numbers, identifiers, bigrams of
 * Chinese, Japanese and Korean and their single characters. They hold letters, marks and digits only,
 * so joined with blanks they split again as they were.
 */
export function toTerms(text: string): string[] {
  const terms: string[] = [];
  eachPiece(text, (piece) => {
    if (piece.kind === "word") {
      const { stem } = reduce(piece.text);
      if (stem !== "") terms.push(stem);
    } else {
      const found = gramsOf(piece);
      for (const gram of found) terms.push(gram);
      // A question of one character ("猫") must find it inside longer runs.
      if (piece.kind === "han" && [...piece.text].length > 1)
        for (const letter of foldWord(piece.text)) terms.push(letter);
    }
  });
  return terms;
}

/**
 * The terms to search a question by, each once, stop words of its language left out; when it holds
 * nothing else they stay. Every term is one that `toTerms` gives for a text with the same words.
 */
export function toQueryTerms(question: string): string[] {
  const found: { folded: string; term: string }[] = [];
  eachPiece(question, (piece) => {
    if (piece.kind === "word") {
      const { folded, stem } = reduce(piece.text);
      if (stem !== "") found.push({ folded, term: stem });
    } else for (const gram of gramsOf(piece)) found.push({ folded: gram, term: gram });
  });
  const stops = stopWordsFor(found.map((each) => each.folded));
  const telling = found.filter((each) => !stops.has(each.folded));
  return [...new Set((telling.length > 0 ? telling : found).map((each) => each.term))];
}

/** Where words of the question stand in the text, as ranges in it, ascending, touching ones joined. */
export function matchRanges(text: string, question: string): Range[] {
  return matchTerms(text, new Set(toQueryTerms(question)));
}

/** As `matchRanges`, for the terms of a question made once for many texts. */
export function matchTerms(text: string, wanted: ReadonlySet<string>): Range[] {
  const ranges: Range[] = [];
  const add = (start: number, end: number): void => {
    const last = ranges.at(-1);
    if (last && start <= last.end)
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else ranges.push({ start, end });
  };
  eachPiece(text, (piece) => {
    if (piece.kind === "word") {
      if (wanted.has(reduce(piece.text).stem)) add(piece.start, piece.end);
      return;
    }
    const letters = [...piece.text];
    const size = piece.kind === "han" ? 2 : 3;
    let at = piece.start;
    for (const [index, letter] of letters.entries()) {
      const gram = letters.slice(index, index + size).join("");
      const whole = index + size <= letters.length || (index === 0 && letters.length < size);
      if (whole && wanted.has(foldWord(gram))) add(at, at + gram.length);
      else if (wanted.has(foldWord(letter))) add(at, at + letter.length);
      at += letter.length;
    }
  });
  return ranges;
}
