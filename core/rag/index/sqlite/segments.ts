import { crc32 } from "node:zlib";
import { reading, writing, type ReadDb, type WriteDb } from "../../../store/handle.ts";
import { CodePage, pageSlots, type PageLayout } from "./code-page.ts";
import { readSegment, writePage, writeRows } from "./segment-body.ts";
import { readLive } from "./vector-rows.ts";

/**
 * A model's pages as stored, in order of their numbers; null where anything does not fit together:
 * then they are made anew from the vectors.
 */
export function readPages(db: ReadDb, modelId: number, layout: PageLayout): CodePage[] | null {
  const pages: CodePage[] = [];
  const segments = reading<{ page: number; first: number; checksum: number; body: Buffer }>(
    db,
    "SELECT page, first, checksum, body FROM vector_segments WHERE model_id = ? ORDER BY page, first",
  ).iterate(modelId);
  let whole = true;
  for (const segment of segments) {
    let page = pages.at(-1);
    if (page?.number !== segment.page) pages.push((page = new CodePage(layout, segment.page)));
    whole &&= crc32(segment.body) === segment.checksum && readSegment(page, segment.first, segment.body);
  }
  // Only the last page may have room: every earlier one was written in one piece.
  if (!whole || pages.slice(0, -1).some((page) => page.used < pageSlots)) return null;
  const gaps = reading<{ bits: Buffer }>(db, "SELECT bits FROM vector_gaps WHERE model_id = ? AND page = ?");
  for (const page of pages) {
    const bits = gaps.get(modelId, page.number)?.bits;
    if (!bits) continue;
    for (let slot = 0; slot < page.used; slot++) if (bits[slot >> 3]! & (1 << (slot & 7))) page.clear(slot);
  }
  const live = pages.reduce((sum, page) => sum + page.live, 0);
  return live === readLive(db, modelId) ? pages : null;
}

/** Stores a page's slots from `first` on; a page that became full is rewritten in one piece. */
export function writeSegment(db: WriteDb, modelId: number, page: CodePage, first: number): void {
  const full = page.used === pageSlots;
  if (full)
    writing(db, "DELETE FROM vector_segments WHERE model_id = ? AND page = ?").run(modelId, page.number);
  const body = full ? writePage(page) : writeRows(page, first);
  writing(
    db,
    "INSERT INTO vector_segments (model_id, page, first, checksum, body) VALUES (?, ?, ?, ?, ?)",
  ).run(modelId, page.number, full ? 0 : first, crc32(body), body);
}

/** Stores which of a page's slots are gaps. */
export function writeGaps(db: WriteDb, modelId: number, page: CodePage): void {
  writing(db, "INSERT OR REPLACE INTO vector_gaps (model_id, page, bits) VALUES (?, ?, ?)").run(
    modelId,
    page.number,
    page.gaps(),
  );
}

/** Forgets one page, or all of a model's. */
export function deletePages(db: WriteDb, modelId: number, page?: number): void {
  const only = page === undefined ? "" : " AND page = ?";
  const parameters = page === undefined ? [modelId] : [modelId, page];
  writing(db, `DELETE FROM vector_segments WHERE model_id = ?${only}`).run(...parameters);
  writing(db, `DELETE FROM vector_gaps WHERE model_id = ?${only}`).run(...parameters);
}
