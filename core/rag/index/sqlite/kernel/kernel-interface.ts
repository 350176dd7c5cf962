/** Byte addresses and numbers of one scan; see scan.wat. The three 16-bit ones are 1.15 fixed point. */
export interface ScanQuery {
  readonly tables: number;
  /** Groups of 32 dimensions. */
  readonly chunks: number;
  readonly shift: number;
  readonly offset: number;
  readonly weight: number;
}

/** The two inner loops of a search, over memory that only grows. */
export interface Kernel {
  readonly kind: KernelKind;
  /**
   * Appends (slot, estimate), two 32-bit numbers, for each vector above the state's threshold; gives the new end.
   * Raises the threshold as soon as as many as wanted are above a higher one.
   */
  scan(block: number, blocks: number, query: ScanQuery, state: number, slot: number, out: number): number;
  /** Cosine of a unit query of 32-bit floats with an 8-bit vector; both padded with zeros to 16 × steps. */
  cosine(query: number, vector: number, steps: number): number;
}

export type KernelKind = "relaxed" | "plain" | "script";

/** Memory a kernel works on: the addresses are offsets into `buffer`, which is another one after growing. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
