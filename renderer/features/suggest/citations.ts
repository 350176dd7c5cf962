import type { Citation } from "../../../core/contract/suggest.ts";

/** What a citation chip stands for; its address inside the Markdown is `#cite-<source>-<citation>`. */
export interface CitationMark {
  readonly sourceNumber: number;
  /** Index in the suggestion's citations. */
  readonly index: number;
}

const address = /^#cite-(\d+)-(\d+)$/u;

/**
 * Puts a Markdown link to a chip in the place of each mark that the citations name, and looks for no others:
 * what a mark is was decided where it was checked. A number without a source stays as it is.
 */
export function placeCitations(
  text: string,
  citations: readonly Citation[],
  sourceNumbers: ReadonlySet<number>,
): string {
  let out = "";
  let done = 0;
  for (let index = 0; index < citations.length;) {
    const { mark } = citations[index]!;
    let chips = "";
    let hasSource = false;
    for (; citations[index]?.mark.start === mark.start; index += 1) {
      const { sourceNumber } = citations[index]!;
      const isKnown = sourceNumbers.has(sourceNumber);
      hasSource ||= isKnown;
      chips += isKnown ? `[${sourceNumber}](#cite-${sourceNumber}-${index})` : `\\[${sourceNumber}]`;
    }
    if (!hasSource) continue;
    out += withoutPicture(text.slice(done, mark.start)) + chips;
    done = mark.end;
  }
  return out + text.slice(done);
}

/** An exclamation mark before a link would make it a picture. */
function withoutPicture(text: string): string {
  const backslashes = /(\\*)!$/u.exec(text)?.[1]?.length;
  return backslashes === undefined || backslashes % 2 === 1 ? text : `${text.slice(0, -1)}\\!`;
}

/** Reads a chip's address back, or null when the link is an ordinary one. */
export function readCitationAddress(href: string | undefined): CitationMark | null {
  const match = address.exec(href ?? "");
  return match && { sourceNumber: Number(match[1]), index: Number(match[2]) };
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
