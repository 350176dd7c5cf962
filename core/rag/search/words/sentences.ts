import type { Range } from "../../../contract/documents.ts";
import { segmenterFor } from "../../../contract/segmenter.ts";

const cut = segmenterFor("en", "sentence");
/** A full stop after one of these, an initial or an ordinal does not end a sentence. */
const NOT_AN_END =
  /(?:^|[\s(„“"'])(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|Nos|vs|etc|cf|ca|bzw|usw|ggf|inkl|Abs|Art|Fig|Abb|Vol|Ed|Eds|Inc|Ltd|Co|Corp|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a|p|pp|S|\p{Lu}|\d{1,2})\.\s*$/u;
const LIST_MARK = /^\s*(?:[-*•·‣▪–—]|\(?\d{1,3}[.)、]|\(?[a-z][.)]|[#|>])/i;
const ENDS = /[.!?。！？…：:;；]["'”’」』)）]*\s*$/u;
/** Shorter lines are headings, cells and list items; wrapped lines of prose are longer. */
const SHORT_LINE = 45;
const SHORT_LINE_CJK = 18;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** True when a line feed between these two lines ends a sentence rather than wraps one. */
function breaksAt(line: string, next: string): boolean {
  if (line.trim() === "" || next.trim() === "" || LIST_MARK.test(next) || ENDS.test(line)) return true;
  return line.trim().length < (CJK.test(line) ? SHORT_LINE_CJK : SHORT_LINE);
}

function blocks(text: string): Range[] {
  const found: Range[] = [];
  const lines = text.split("\n");
  let start = 0;
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const end = at + line.length;
    const next = lines[index + 1];
    if (next === undefined || breaksAt(line, next)) {
      found.push({ start, end });
      start = end + 1;
    }
    at = end + 1;
  }
  return found;
}

/**
 * The sentences of a text, in order, without the white space around them. Paragraphs, list items,
 * headings and table rows end one; a wrapped line does not.
 */
export function splitSentences(text: string): Range[] {
  const sentences: Range[] = [];
  for (const block of blocks(text)) {
    let start = block.start;
    for (const { segment, index } of cut(text.slice(block.start, block.end))) {
      const end = block.start + index + segment.length;
      const part = text.slice(start, end);
      if (end < block.end && (NOT_AN_END.test(part) || segment.endsWith("\n"))) continue;
      const leading = part.length - part.trimStart().length;
      const trimmed = part.trim();
      if (trimmed !== "") sentences.push({ start: start + leading, end: start + leading + trimmed.length });
      start = end;
    }
  }
  return sentences;
}
