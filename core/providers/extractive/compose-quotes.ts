import type { Source } from "../../contract/suggest.ts";
import type { Quote } from "./choose-quotes.ts";
import type { FrameWords } from "./frame-words.ts";

/**
 * What Markdown would eat or our own citation marks be taken for is escaped, so that it is shown letter
 * for letter; the citation check reads escapes back.
 */
function escapeInline(text: string): string {
  return text.replace(/[\\`*[\]<]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=~)/gu, "\\$&");
}

/** As inline, and what would start a heading, list or quotation at the beginning of a line. */
function escapeLine(text: string): string {
  return escapeInline(text)
    .replace(/^[#>+-]/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?=\s)/, "$1\\$2");
}

/** White space inside a quote says nothing and would break the block. */
function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The headings without the title, which readers often give as the outermost of them. */
function headingBelow(heading: string | undefined, title: string): string | undefined {
  if (heading === undefined || heading === title) return undefined;
  return heading.startsWith(`${title} › `) ? heading.slice(title.length + 3) : heading;
}

function attribution(source: Source, words: FrameWords): string {
  const { place } = source;
  const spot = [
    headingBelow(place.heading, source.title),
    place.sheet,
    place.page === undefined ? undefined : words.page(place.page),
    place.slide === undefined ? undefined : words.slide(place.slide),
  ].filter((part) => part !== undefined && part !== "");
  return [source.title, ...spot].map((part) => escapeInline(inOneLine(String(part)))).join(", ");
}

/** One quote as a Markdown block: the words, its citation mark, where it is from. */
export function quoteBlock(quote: Quote, words: FrameWords): string {
  return `> ${escapeLine(inOneLine(quote.text))} [${quote.source.number}]\n>\n> — ${attribution(quote.source, words)}\n\n`;
}

/** A sentence of the person's own text as a Markdown list item. */
export function ownSentence(text: string): string {
  return `- ${escapeLine(inOneLine(text))}\n`;
}
