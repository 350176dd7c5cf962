import type { Citation } from "../../../core/contract/suggest.ts";

/** The address a citation chip has inside the Markdown: `#cite-<source>-<citation or x>`. */
export interface CitationMark {
  readonly sourceNumber: number;
  /** Index in the suggestion's citations, null while it is not checked yet. */
  readonly index: number | null;
}

const marker = /(?:\[|【)\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*(?:\]|】)(?!\()/gu;
const address = /^#cite-(\d+)-(\d+|x)$/u;

/**
 * Turns `[1]`, `[1, 2]` and `【1】` of known sources into Markdown links to chips, and puts a chip at the
 * end of every checked citation whose text names no marker. Code is left alone.
 */
export function placeCitations(
  text: string,
  citations: readonly Citation[],
  sourceNumbers: ReadonlySet<number>,
): string {
  const code = codeRanges(text);
  const inCode = (at: number) => code.some(([start, end]) => at >= start && at < end);
  const used = new Set<number>();
  const edits: { at: number; length: number; marks: CitationMark[] }[] = [];

  for (const match of text.matchAll(marker)) {
    const numbers = (match[1] ?? "").split(/[,，、]/u).map(Number);
    if (inCode(match.index) || numbers.some((number) => !sourceNumbers.has(number))) continue;
    const marks = numbers.map((sourceNumber) => {
      const index = citationAt(citations, used, sourceNumber, match.index, match.index + match[0].length);
      if (index !== null) used.add(index);
      return { sourceNumber, index };
    });
    edits.push({ at: match.index, length: match[0].length, marks });
  }
  citations.forEach((citation, index) => {
    if (used.has(index) || !sourceNumbers.has(citation.sourceNumber)) return;
    const at = Math.min(citation.at.end, text.length);
    if (!inCode(at)) edits.push({ at, length: 0, marks: [{ sourceNumber: citation.sourceNumber, index }] });
  });

  edits.sort((one, other) => one.at - other.at);
  let out = "";
  let done = 0;
  for (const { at, length, marks } of edits) {
    out += text.slice(done, at) + marks.map(toLink).join("");
    done = at + length;
  }
  return out + text.slice(done);
}

function toLink({ sourceNumber, index }: CitationMark): string {
  return `[${sourceNumber}](#cite-${sourceNumber}-${index ?? "x"})`;
}

/** Reads a chip's address back, or null when the link is an ordinary one. */
export function readCitationAddress(href: string | undefined): CitationMark | null {
  const match = address.exec(href ?? "");
  if (!match) return null;
  return { sourceNumber: Number(match[1]), index: match[2] === "x" ? null : Number(match[2]) };
}

/** The checked citation a marker belongs to: the one around it, else the nearest that ends before it. */
function citationAt(
  citations: readonly Citation[],
  used: ReadonlySet<number>,
  sourceNumber: number,
  start: number,
  end: number,
): number | null {
  let best: number | null = null;
  let nearest = 24;
  for (const [index, citation] of citations.entries()) {
    if (citation.sourceNumber !== sourceNumber || used.has(index)) continue;
    const { at } = citation;
    if (start >= at.start && end <= at.end + 1) return index;
    const distance = Math.abs(start - at.end);
    if (distance < nearest) {
      nearest = distance;
      best = index;
    }
  }
  return best;
}

/** Fenced blocks and inline code, as half-open ranges; an open fence runs to the end. */
function codeRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  const pattern = /^(```|~~~)[\s\S]*?(?:^\1|$(?![\s\S]))|`[^`\n]+`/gmu;
  for (const match of text.matchAll(pattern)) ranges.push([match.index, match.index + match[0].length]);
  return ranges;
}

/**
 * Cuts Markdown into blocks at empty lines outside fences: while it streams, only the last block is
 * parsed again. Lists, tables and quotes stay whole, since an empty line inside them belongs to them.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const opening = /^\s{0,3}(```|~~~)/u.exec(line)?.[1] ?? null;
    if (fence === null) {
      const joins = line.trim() === "" || /^(\s{2,}|\s*([-*+>|]|\d+[.)])\s?)/u.test(line);
      if (!joins && current.at(-1)?.trim() === "") {
        blocks.push(current.join("\n"));
        current = [];
      }
      fence = opening;
    } else if (opening === fence) fence = null;
    current.push(line);
  }
  if (current.some((line) => line.trim() !== "")) blocks.push(current.join("\n"));
  return blocks;
}
