import type { PdfRow } from "./pdf-columns.ts";
import type { OutlineEntry } from "./pdf-outline.ts";
import type { PdfParagraph } from "./pdf-paragraphs.ts";

/** Says which paragraphs are headings, by the bookmarks or else by their size. */
export interface HeadingFinder {
  /** Bookmarks of a page whose words do not stand on it: they hold from its start. */
  startOfPage(page: number, rows: readonly PdfRow[]): readonly OutlineEntry[];
  levelOf(paragraph: PdfParagraph, page: number): number | null;
}

const longestHeading = 160;
const deepestBySize = 4;

export function makeHeadingFinder(
  pages: readonly PdfRow[][],
  outline: readonly OutlineEntry[],
): HeadingFinder {
  return outline.length > 0 ? byOutline(outline) : bySize(pages);
}

function byOutline(outline: readonly OutlineEntry[]): HeadingFinder {
  const byPage = new Map<number, OutlineEntry[]>();
  for (const entry of outline) {
    const entries = byPage.get(entry.page) ?? [];
    entries.push(entry);
    byPage.set(entry.page, entries);
  }
  return {
    startOfPage(page, rows) {
      const text = lettersOf(
        rows
          .flat()
          .map((line) => line.text)
          .join(""),
      );
      return (byPage.get(page) ?? []).filter((entry) => !text.includes(lettersOf(entry.title)));
    },
    levelOf(paragraph, page) {
      if (paragraph.text.length > longestHeading + 100 || paragraph.isTableRow) return null;
      const letters = lettersOf(paragraph.text);
      const entry = (byPage.get(page) ?? []).find(({ title }) => {
        const wanted = lettersOf(title);
        return wanted !== "" && letters.endsWith(wanted) && letters.length <= wanted.length + 12;
      });
      return entry?.level ?? null;
    },
  };
}

function bySize(pages: readonly PdfRow[][]): HeadingFinder {
  const letters = new Map<number, number>();
  for (const line of pages.flat(2)) {
    const size = Math.round(line.size * 2) / 2;
    letters.set(size, (letters.get(size) ?? 0) + line.text.length);
  }
  const body = [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const total = [...letters.values()].reduce((sum, count) => sum + count, 0);
  const larger = [...letters].filter(([size, count]) => size >= body * 1.15 && count < total * 0.3);
  const sizes = larger.map(([size]) => size).toSorted((a, b) => b - a);
  return {
    startOfPage: () => [],
    levelOf({ text, size, isTableRow }) {
      if (isTableRow || text.length > longestHeading || !/\p{L}/u.test(text)) return null;
      const rank = sizes.indexOf(Math.round(size * 2) / 2);
      return rank < 0 ? null : Math.min(rank + 1, deepestBySize);
    },
  };
}

function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}
