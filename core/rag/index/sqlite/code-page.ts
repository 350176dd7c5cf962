/** Vectors a page holds: 32 blocks of 32. */
export const pageSlots = 1_024;

/** A removed or empty slot: below what any living vector can reach. */
const gapBase = -32_768;

/** Where the parts of a page's bytes are, for codes of `width` bits. */
export interface PageLayout {
  readonly width: number;
  readonly groups: number;
  readonly blockBytes: number;
  readonly pageBytes: number;
}

export function makePageLayout(width: number): PageLayout {
  const groups = width / 4;
  const blockBytes = groups * 16 + 128;
  return { width, groups, blockBytes, pageBytes: (pageSlots / 32) * blockBytes };
}

/** One vector's code: a nibble for every 4 coordinates, and its two 1.15 fixed-point numbers. */
export interface Code {
  readonly nibbles: Uint8Array;
  readonly factor: number;
  readonly base: number;
}

/** Up to 1,024 vectors in the layout that the kernel scans, with their passages and documents. */
export class CodePage {
  readonly layout: PageLayout;
  /** The page's number in the database. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly passages: Uint32Array;
  readonly documents: Uint32Array;
  used = 0;
  live = 0;
  private readonly words: DataView;

  constructor(layout: PageLayout, number: number) {
    this.layout = layout;
    this.number = number;
    this.bytes = new Uint8Array(layout.pageBytes);
    this.passages = new Uint32Array(pageSlots);
    this.documents = new Uint32Array(pageSlots);
    this.words = new DataView(this.bytes.buffer);
    for (let slot = 0; slot < pageSlots; slot++)
      this.words.setInt16(this.numbersAt(slot) + 64, gapBase, true);
  }

  /** Takes over bytes read from memory or the database, with `used` slots. */
  load(bytes: Uint8Array, passages: Uint32Array, documents: Uint32Array, used: number): void {
    this.bytes.set(bytes);
    this.passages.set(passages);
    this.documents.set(documents);
    this.used = used;
    this.live = 0;
    for (let slot = 0; slot < used; slot++) if (!this.isGap(slot)) this.live++;
  }

  private codeAt(slot: number): number {
    return (slot >> 5) * this.layout.blockBytes + (slot & 15);
  }

  private numbersAt(slot: number): number {
    return (slot >> 5) * this.layout.blockBytes + this.layout.groups * 16 + (slot & 31) * 2;
  }

  append(passageId: number, documentId: number, code: Code): number {
    const slot = this.used++;
    const shift = slot & 16 ? 4 : 0;
    let at = this.codeAt(slot);
    for (const nibble of code.nibbles) {
      this.bytes[at] = this.bytes[at]! | (nibble << shift);
      at += 16;
    }
    this.words.setInt16(this.numbersAt(slot), code.factor, true);
    this.words.setInt16(this.numbersAt(slot) + 64, code.base, true);
    this.passages[slot] = passageId;
    this.documents[slot] = documentId;
    if (code.base !== gapBase) this.live++;
    return slot;
  }

  code(slot: number): Code {
    const shift = slot & 16 ? 4 : 0;
    const at = this.codeAt(slot);
    const nibbles = Uint8Array.from(
      { length: this.layout.groups },
      (_, i) => (this.bytes[at + i * 16]! >> shift) & 15,
    );
    return {
      nibbles,
      factor: this.words.getInt16(this.numbersAt(slot), true),
      base: this.words.getInt16(this.numbersAt(slot) + 64, true),
    };
  }

  isGap(slot: number): boolean {
    return this.words.getInt16(this.numbersAt(slot) + 64, true) === gapBase;
  }

  /** Removes a vector: its estimate can no longer pass any threshold. */
  clear(slot: number): void {
    if (this.isGap(slot)) return;
    this.words.setInt16(this.numbersAt(slot), 0, true);
    this.words.setInt16(this.numbersAt(slot) + 64, gapBase, true);
    // No passage and no document has id 0: looking for ids passes over gaps.
    this.passages[slot] = 0;
    this.documents[slot] = 0;
    this.live--;
  }

  /** One bit per slot, set where its vector was removed. */
  gaps(): Uint8Array {
    const bits = new Uint8Array(pageSlots / 8);
    for (let slot = 0; slot < this.used; slot++) if (this.isGap(slot)) bits[slot >> 3]! |= 1 << (slot & 7);
    return bits;
  }
}
