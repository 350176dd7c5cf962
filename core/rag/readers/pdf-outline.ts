import type { PdfDocument } from "./pdf-engine.ts";

/** A bookmark: the heading that starts on this page (from 1), outermost level 1. */
export interface OutlineEntry {
  readonly title: string;
  readonly level: number;
  readonly page: number;
}

const maximumEntries = 3_000;
const maximumLevel = 6;

interface Node {
  readonly title: string;
  readonly dest: string | unknown[] | null;
  readonly items: readonly Node[];
}

/** The file's bookmarks whose page is known, in their order; none when it has none or they are broken. */
export async function readOutline(document: PdfDocument): Promise<OutlineEntry[]> {
  const entries: OutlineEntry[] = [];
  const pages = new Map<string, number>();

  async function pageOf(dest: string | unknown[] | null): Promise<number | null> {
    const target: unknown = (typeof dest === "string" ? await document.getDestination(dest) : dest)?.[0];
    if (typeof target === "number") return target + 1;
    if (typeof target !== "object" || target === null || !("num" in target) || !("gen" in target))
      return null;
    const key = `${String(target.num)}:${String(target.gen)}`;
    const known = pages.get(key);
    if (known !== undefined) return known;
    const page = (await document.getPageIndex({ num: Number(target.num), gen: Number(target.gen) })) + 1;
    pages.set(key, page);
    return page;
  }

  async function visit(nodes: readonly Node[], level: number): Promise<void> {
    for (const node of nodes) {
      if (entries.length >= maximumEntries) return;
      const page = await pageOf(node.dest);
      if (page !== null && node.title.trim()) entries.push({ title: node.title, level, page });
      if (level < maximumLevel) await visit(node.items, level + 1);
    }
  }

  try {
    await visit((await document.getOutline()) ?? [], 1);
  } catch (error) {
    // Bookmarks are a convenience: a broken one never costs the text. What was read so far is kept.
    if (!(error instanceof Error)) throw error;
  }
  return entries;
}
