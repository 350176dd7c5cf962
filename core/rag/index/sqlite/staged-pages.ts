import type { WriteDb } from "../../../store/handle.ts";
import { addToLive } from "../../../store/vector-models.ts";
import { deletePage, writeGaps } from "../../../store/vector-segments.ts";
import { CodePage, pageSlots, type Code } from "./code-page.ts";
import type { MemoryIndex } from "./memory-index.ts";
import { writeSegment } from "./segments.ts";

/** A full page with fewer living vectors than this gives them to the page that has room. */
const fewestLiving = 256;

interface StagedPage {
  readonly page: CodePage;
  /** Its place in memory; -1 for a new page. */
  readonly place: number;
  /** The first slot that is not stored yet. */
  readonly stored: number;
  hasNewGaps: boolean;
}

/** Copies of the pages that one transaction changes: written inside it, put into memory after it. */
export class StagedPages {
  private readonly index: MemoryIndex;
  private readonly staged = new Map<number, StagedPage>();
  private readonly made: StagedPage[] = [];
  private open: StagedPage | undefined;
  private nextNumber: number;

  constructor(index: MemoryIndex) {
    this.index = index;
    this.nextNumber = index.nextNumber();
  }

  private at(place: number): StagedPage {
    let entry = this.staged.get(place);
    if (!entry) {
      const page = this.index.copy(place);
      this.staged.set(place, (entry = { page, place, stored: page.used, hasNewGaps: false }));
    }
    return entry;
  }

  /** The working copy of the page at a place in memory. */
  page(place: number): CodePage {
    return this.at(place).page;
  }

  clear(place: number, slot: number): void {
    const entry = this.at(place);
    entry.page.clear(slot);
    entry.hasNewGaps = true;
  }

  append(passageId: number, documentId: number, code: Code): void {
    if (!this.open) {
      const place = this.index.openPage();
      if (place >= 0) this.open = this.at(place);
    }
    if (!this.open || this.open.page.used === pageSlots) {
      const page = new CodePage(this.index.layout, this.nextNumber++);
      this.made.push((this.open = { page, place: -1, stored: 0, hasNewGaps: false }));
    }
    this.open.page.append(passageId, documentId, code);
  }

  /** Writes what changed; to be called last, inside the transaction. */
  write(db: WriteDb, modelId: number): void {
    for (const { page, hasNewGaps } of this.staged.values()) {
      if (!hasNewGaps || page.used < pageSlots || page.live >= fewestLiving) continue;
      for (let slot = 0; slot < page.used; slot++) {
        const [passageId, documentId] = [page.passages[slot]!, page.documents[slot]!];
        if (page.isGap(slot)) continue;
        this.append(passageId, documentId, page.code(slot));
        page.clear(slot);
      }
    }
    let difference = 0;
    for (const { page, place } of this.staged.values()) difference += page.live - this.index.liveAt(place);
    for (const { page } of this.made) difference += page.live;
    if (difference !== 0) addToLive(db, modelId, difference);
    for (const { page, stored, hasNewGaps } of [...this.staged.values(), ...this.made]) {
      if (page.live === 0) {
        deletePage(db, modelId, page.number);
        continue;
      }
      if (page.used > stored) writeSegment(db, modelId, page, stored);
      if (hasNewGaps) writeGaps(db, modelId, page.number, page.gaps());
    }
  }

  /** Brings memory up to what was written; to be called after the commit. */
  commit(): void {
    for (const { page, place } of this.staged.values()) {
      if (page.live === 0) this.index.drop(place);
      else this.index.put(page, place);
    }
    for (const { page } of this.made) if (page.live > 0) this.index.put(page);
  }
}
