import { BestResults, lowest } from "./best-results.ts";
import { CodePage, pageSlots, type PageLayout } from "./code-page.ts";
import type { Kernel, KernelKind, KernelMemory } from "./kernel/kernel-interface.ts";
import { makeKernel, makeKernelMemory } from "./kernel/kernel.ts";
import { beginScan, scanState, scanStateBytes } from "./kernel/scan-state.ts";
import type { Question } from "./question.ts";

/** A vector that the first stage found: its estimate in units of the question. */
export interface Candidate {
  readonly passageId: number;
  readonly documentId: number;
  readonly estimate: number;
}

/** Candidates, best first: most are never looked at, so each is made when it is asked for. */
export interface Candidates {
  readonly length: number;
  estimate(index: number): number;
  /** Those in [start, end). */
  slice(start: number, end: number): Candidate[];
}

/** What is known of a page beside its codes, which lie in the kernel's memory. */
interface PageRecord {
  readonly number: number;
  readonly passages: Uint32Array;
  readonly documents: Uint32Array;
  readonly used: number;
  readonly live: number;
  readonly range: Readonly<Record<"passages" | "documents", Range>>;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function rangeOf(ids: Uint32Array): Range {
  let least = 2 ** 32;
  let most = 0;
  for (const id of ids) {
    if (id === 0) continue;
    if (id < least) least = id;
    if (id > most) most = id;
  }
  return { least, most };
}

const wasmPage = 65_536;
const mostWanted = 0x7fff_ffff;

/** Results gathered before the threshold is raised; one page's slots must fit beside the best. */
const resultSlots = 16_384;

/** The 1-bit codes of all pages in memory, and the first stage of a search over them. */
export class MemoryIndex {
  readonly layout: PageLayout;
  readonly kernel: Kernel;
  private readonly memory: KernelMemory;
  private readonly pages: (PageRecord | null)[] = [];
  private readonly stateAt = 64;
  private readonly tablesAt = this.stateAt + scanStateBytes;
  private readonly queryAt: number;
  private readonly vectorAt: number;
  private readonly resultsAt: number;
  private readonly pagesAt: number;

  constructor(layout: PageLayout, kind?: KernelKind) {
    this.layout = layout;
    this.memory = makeKernelMemory();
    this.kernel = makeKernel(this.memory, kind);
    this.queryAt = this.tablesAt + layout.groups * 16;
    this.vectorAt = this.queryAt + layout.width * 4;
    this.resultsAt = this.vectorAt + layout.width;
    this.pagesAt = this.resultsAt + resultSlots * 8;
    this.reserve(0);
  }

  /** Bytes held for codes, ids and working space. */
  get bytes(): number {
    return this.memory.buffer.byteLength + this.pages.length * pageSlots * 8;
  }

  get live(): number {
    return this.pages.reduce((sum, page) => sum + (page?.live ?? 0), 0);
  }

  liveAt(index: number): number {
    return this.pages[index]?.live ?? 0;
  }

  private reserve(pages: number): void {
    const missing = this.pagesAt + pages * this.layout.pageBytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / wasmPage));
  }

  private bytesOf(index: number): Uint8Array {
    return new Uint8Array(
      this.memory.buffer,
      this.pagesAt + index * this.layout.pageBytes,
      this.layout.pageBytes,
    );
  }

  /** A copy of a page to work on; nothing changes here before `put`. */
  copy(index: number): CodePage {
    const record = this.pages[index];
    if (!record) throw new Error("no such page");
    const page = new CodePage(this.layout, record.number);
    page.load(this.bytesOf(index), record.passages, record.documents, record.used);
    return page;
  }

  /** The place of the page that has room, or -1. */
  openPage(): number {
    return this.pages.findIndex((page) => page !== null && page.used < pageSlots);
  }

  nextNumber(): number {
    return this.pages.reduce((most, page) => Math.max(most, page?.number ?? 0), 0) + 1;
  }

  /** Takes a page over: at its place, or at a free one. */
  put(page: CodePage, index = -1): void {
    let place = index >= 0 ? index : this.pages.indexOf(null);
    if (place < 0) place = this.pages.length;
    this.reserve(place + 1);
    this.bytesOf(place).set(page.bytes);
    const { number, passages, documents, used, live } = page;
    const range = {
      passages: rangeOf(passages.subarray(0, used)),
      documents: rangeOf(documents.subarray(0, used)),
    };
    this.pages[place] = { number, passages, documents, used, live, range };
  }

  drop(index: number): void {
    this.pages[index] = null;
  }

  clear(): void {
    this.pages.length = 0;
  }

  /** Slots whose passage or document is among the given, by page place. */
  find(ids: ReadonlySet<number>, of: "passages" | "documents"): Map<number, number[]> {
    const found = new Map<number, number[]>();
    const wanted = [...ids];
    this.pages.forEach((page, index) => {
      if (!page) return;
      const values = page[of];
      const { least, most } = page.range[of];
      // Nearly every page is passed over here: ids grow, so a page holds a narrow range of them.
      if (!wanted.some((id) => id >= least && id <= most)) return;
      const slots: number[] = [];
      for (let slot = 0; slot < page.used; slot++) if (ids.has(values[slot]!)) slots.push(slot);
      if (slots.length > 0) found.set(index, slots);
    });
    return found;
  }

  /** The passages in slots that `find` gave. */
  passagesAt(found: ReadonlyMap<number, readonly number[]>): number[] {
    const passages: number[] = [];
    for (const [index, slots] of found)
      for (const slot of slots) passages.push(this.pages[index]!.passages[slot]!);
    return passages;
  }

  /** How many candidates one search can ask for. */
  get mostCandidates(): number {
    return resultSlots - 2 * pageSlots;
  }

  /** The `count` highest estimates, best first, of the documents that `allows` lets through, in the first `pages`. */
  candidates(
    question: Question,
    count: number,
    allows?: (documentId: number) => boolean,
    pages = this.pages.length,
  ): Candidates {
    new Uint8Array(this.memory.buffer, this.tablesAt).set(question.tables);
    const query = { ...question, tables: this.tablesAt, chunks: this.layout.groups / 8 };
    const keep = Math.max(1, Math.min(count, this.mostCandidates));
    const best = new BestResults(keep, allows && this.documentTest(allows));
    // No gap passes this.
    let passed = -question.weight;
    const state = new Int32Array(this.memory.buffer, this.stateAt, scanStateBytes / 4);
    // The kernel cannot ask which documents are allowed: then the threshold is raised here alone.
    const wanted = allows ? mostWanted : keep;
    beginScan(state, passed, wanted);
    // Shrinking more often costs more than the pairs that a higher threshold would have kept out.
    const limit = this.resultsAt + Math.min(allows ? keep * 3 : resultSlots, resultSlots - pageSlots) * 8;
    let out = this.resultsAt;
    /** As many as are kept are known to be above this. */
    const floor = (): number => (state[scanState.threshold]! > passed ? state[scanState.threshold]! : lowest);
    for (let index = 0; index < pages; index++) {
      const page = this.pages[index];
      if (!page) continue;
      const block = this.pagesAt + index * this.layout.pageBytes;
      out = this.kernel.scan(block, Math.ceil(page.used / 32), query, this.stateAt, index * pageSlots, out);
      if (out < limit) continue;
      const { kept, threshold } = best.shrink(this.results(out), floor());
      if (threshold > state[scanState.threshold]!) beginScan(state, (passed = threshold), wanted);
      out = this.resultsAt + kept * 8;
    }
    return this.toCandidates(best.finish(this.results(out), floor()));
  }

  private toCandidates(pairs: Int32Array): Candidates {
    const { pages } = this;
    const at = (index: number): Candidate => {
      const slot = pairs[index * 2]!;
      const page = pages[Math.floor(slot / pageSlots)]!;
      return {
        passageId: page.passages[slot % pageSlots]!,
        documentId: page.documents[slot % pageSlots]!,
        estimate: pairs[index * 2 + 1]!,
      };
    };
    return {
      length: pairs.length / 2,
      estimate: (index) => pairs[index * 2 + 1]!,
      slice: (start, end) =>
        Array.from({ length: Math.min(end, pairs.length / 2) - start }, (_, i) => at(start + i)),
    };
  }

  private results(end: number): Int32Array {
    return new Int32Array(this.memory.buffer, this.resultsAt, (end - this.resultsAt) / 4);
  }

  private documentTest(allows: (documentId: number) => boolean): (slot: number) => boolean {
    const known = new Map<number, boolean>();
    return (slot) => {
      const document = this.pages[Math.floor(slot / pageSlots)]!.documents[slot % pageSlots]!;
      let answer = known.get(document);
      if (answer === undefined) known.set(document, (answer = allows(document)));
      return answer;
    };
  }

  /** Prepares `cosine` for a unit query. */
  setQuery(query: Float32Array): void {
    const numbers = new Float32Array(this.memory.buffer, this.queryAt, this.layout.width);
    numbers.fill(0);
    numbers.set(query);
    new Int8Array(this.memory.buffer, this.vectorAt, this.layout.width).fill(0);
  }

  /** Cosine of the query set before with a stored vector. */
  cosine(vector: Uint8Array): number {
    new Uint8Array(this.memory.buffer, this.vectorAt, vector.length).set(vector);
    return this.kernel.cosine(this.queryAt, this.vectorAt, this.layout.width / 16);
  }
}
