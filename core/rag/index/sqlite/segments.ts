import { crc32 } from "node:zlib";
import type { ReadDb, WriteDb } from "../../../store/handle.ts";
import { readLive } from "../../../store/vector-models.ts";
import { deleteSegments, eachSegment, insertSegment, readGaps } from "../../../store/vector-segments.ts";
import { CodePage, pageSlots, type PageLayout } from "./code-page.ts";
import { readSegment, writePage, writeRows } from "./segment-body.ts";

/**
 * A model's pages as stored, in order of their numbers; null where anything does not fit together:
 * then they are made anew from the vectors.
 */
export function readPages(db: ReadDb, modelId: number, layout: PageLayout): CodePage[] | null {
  const pages: CodePage[] = [];
  let whole = true;
  for (const segment of eachSegment(db, modelId)) {
    let page = pages.at(-1);
    if (page?.number !== segment.page) pages.push((page = new CodePage(layout, segment.page)));
    whole &&= crc32(segment.body) === segment.checksum && readSegment(page, segment.first, segment.body);
  }
  // Only the last page may have room: every earlier one was written in one piece.
  if (!whole || pages.slice(0, -1).some((page) => page.used < pageSlots)) return null;
  for (const page of pages) {
    const bits = readGaps(db, modelId, page.number);
    if (!bits) continue;
    for (let slot = 0; slot < page.used; slot++) if (bits[slot >> 3]! & (1 << (slot & 7))) page.clear(slot);
  }
  const live = pages.reduce((sum, page) => sum + page.live, 0);
  return live === readLive(db, modelId) ? pages : null;
}

/** Stores a page's slots from `first` on; a page that became full is rewritten in one piece. */
export function writeSegment(db: WriteDb, modelId: number, page: CodePage, first: number): void {
  const full = page.used === pageSlots;
  if (full) deleteSegments(db, modelId, page.number);
  const body = full ? writePage(page) : writeRows(page, first);
  insertSegment(db, modelId, { page: page.number, first: full ? 0 : first, checksum: crc32(body), body });
}
