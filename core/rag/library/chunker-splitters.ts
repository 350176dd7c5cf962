import type { Range } from "../../contract/documents.ts";
import { segmenterFor } from "../../contract/segmenter.ts";

/** Cuts a range into parts, in order, without the white space around and between them. */
export type Splitter = (text: string, range: Range, longest: number) => Iterable<Range>;

/** From coarse to fine: paragraphs, sentences, lines, words, characters. */
export const splitters: readonly Splitter[] = [paragraphs, sentences, lines, words, characters];

// Any locale segments all scripts; a fixed one keeps the cuts the same on every machine.
const cutSentences = segmenterFor("en", "sentence");
const cutWords = segmenterFor("en", "word");
/** Segmenting costs memory by length, so endless text goes through in windows of about this many characters. */
const windowLength = 20_000;

function* paragraphs(text: string, range: Range): Iterable<Range> {
  yield* between(text, range, /\n[^\S\n]*\n\s*/gu);
}

function* lines(text: string, range: Range): Iterable<Range> {
  yield* between(text, range, /\n/gu);
}

function* sentences(text: string, range: Range): Iterable<Range> {
  for (const { start, end } of windows(text, range)) {
    const part = joinWrappedLines(text.slice(start, end));
    for (const { index, segment } of cutSentences(part)) {
      yield* trimmed(text, start + index, start + index + segment.length);
    }
  }
}

function* words(text: string, range: Range): Iterable<Range> {
  for (const { start, end } of windows(text, range)) {
    for (const { index, segment } of cutWords(text.slice(start, end))) {
      yield* trimmed(text, start + index, start + index + segment.length);
    }
  }
}

/** Short enough that no tokenizer makes more than `longest` tokens of one: three bytes a character. */
function* characters(text: string, range: Range, longest: number): Iterable<Range> {
  const step = Math.max(2, Math.floor(longest / 3));
  for (let start = range.start; start < range.end;) {
    const end = wholeCharacter(text, Math.min(start + step, range.end));
    yield* trimmed(text, start, end);
    start = end;
  }
}

function* between(text: string, { start, end }: Range, separator: RegExp): Iterable<Range> {
  let from = start;
  for (const match of text.slice(start, end).matchAll(separator)) {
    yield* trimmed(text, from, start + match.index);
    from = start + match.index + match[0].length;
  }
  yield* trimmed(text, from, end);
}

function* trimmed(text: string, start: number, end: number): Iterable<Range> {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  const to = start + part.trimEnd().length;
  if (from < to) yield { start: from, end: to };
}

/** Windows end at a line end or a space where there is one in their second half. */
function* windows(text: string, range: Range): Iterable<Range> {
  for (let start = range.start; start < range.end;) {
    let end = Math.min(start + windowLength, range.end);
    if (end < range.end) {
      const line = text.lastIndexOf("\n", end);
      const space = text.lastIndexOf(" ", end);
      const half = start + windowLength / 2;
      end = line > half ? line : space > half ? space : wholeCharacter(text, end);
    }
    yield { start, end };
    start = end;
  }
}

/** The place itself, or one further where it would part a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const isLow = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  const isHigh = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isLow && isHigh ? at + 1 : at;
}

const endsSentence = /[.!?:;…。！？；]["'”’»)\]]*\s*$/u;

/** Line ends within a sentence (text wrapped at a width) become spaces; the length stays. */
function joinWrappedLines(text: string): string {
  if (!text.includes("\n")) return text;
  const rows = text.split("\n");
  const width = Math.max(...rows.map((row) => row.length));
  return rows.reduce((before, row, index) => {
    const above = rows[index - 1]!;
    const isWrapped =
      /^\s*\p{Ll}/u.test(row) ||
      (width > 40 && above.length > width * 0.6 && !endsSentence.test(above) && !/[\t|]/u.test(above));
    return before + (isWrapped && above.trim() !== "" && row.trim() !== "" ? " " : "\n") + row;
  });
}
