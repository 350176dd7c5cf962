import type { PdfRow } from "./pdf-columns.ts";

const edgeRows = 2;
const minimumPages = 3;

/**
 * Leaves out headers, footers and page numbers that repeat from page to page, except where they stand
 * first: inside paragraphs they would only break sentences.
 */
export function withoutRunningLines(pages: readonly PdfRow[][]): PdfRow[][] {
  if (pages.length < minimumPages) return [...pages];
  const counts = new Map<string, number>();
  for (const rows of pages) {
    for (const key of new Set(edgesOf(rows).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const needed = Math.max(minimumPages, pages.length * 0.4);
  const seen = new Set<string>();
  return pages.map((rows) => {
    const edges = new Set(edgesOf(rows));
    return rows.filter((row) => {
      if (!edges.has(row)) return true;
      const key = keyOf(row);
      if ((counts.get(key) ?? 0) < needed) return true;
      if (seen.has(key) || !/\p{L}/u.test(key)) return false;
      seen.add(key);
      return true;
    });
  });
}

/** The highest and lowest rows of a page, wherever in the drawing they come. */
function edgesOf(rows: readonly PdfRow[]): PdfRow[] {
  const sorted = rows.toSorted((a, b) => (b[0]?.y ?? 0) - (a[0]?.y ?? 0));
  return [...new Set([...sorted.slice(0, edgeRows), ...sorted.slice(-edgeRows)])];
}

function keyOf(row: PdfRow): string {
  const text = row.map((line) => line.text).join(" ");
  if (/^[ivxlc]{1,7}$/i.test(text)) return "#";
  return text.replace(/\d+/g, "#").replace(/\s+/g, " ").slice(0, 200);
}
