import type { WordHit, WordQuery } from "../../store/words.ts";

/** A vector with the passage and document it belongs to; `vector` is a unit vector. */
export interface VectorRow {
  readonly passageId: number;
  readonly documentId: number;
  readonly vector: Float32Array;
}

/** A passage found by its vector. */
export interface VectorHit {
  readonly passageId: number;
  readonly documentId: number;
  /** Cosine, -1 to 1, from the stored (8-bit) vector. */
  readonly score: number;
}

/** The passages a search may return. */
export interface SearchScope {
  /** Collection ids; empty means all. */
  readonly collections: readonly number[];
}

/**
 * What search runs on: the words of all passages, and the vectors of one or two embedding models (the one
 * searched with, and one whose vectors are being made beside it). It knows passages by id and hash, never
 * files. Words are published with the passages themselves; a vector comes later or not at all.
 */
export interface SearchIndex {
  /** Passages that words find. */
  countPassages(): Promise<number>;
  /** Up to `count` passages spread over the index. */
  samplePassages(count: number): Promise<number[]>;
  /** How many passages hold each term; a term that is nowhere is left out. */
  frequencies(terms: readonly string[]): Promise<Map<string, number>>;
  /** The best passages by BM25, best first, ties by passage id; then those of `also` that match. */
  searchWords(query: WordQuery, signal: AbortSignal): Promise<WordHit[]>;
  /** The models that have a place here, whole or not, by fingerprint. */
  fingerprints(): Promise<string[]>;
  /** The vectors of one model, its place made where it is new. Throws where it is there in another dimension. */
  openVectors(fingerprint: string, dimension: number): Promise<VectorIndex>;
  /** Deletes a closed model's vectors in slices, other work between; stopped half-way, call it again. */
  dropVectors(fingerprint: string, signal: AbortSignal): Promise<void>;
}

/** The vectors of one model's passages. */
export interface VectorIndex {
  /** The embedding model's fingerprint. */
  readonly fingerprint: string;
  readonly dimension: number;
  /** Live vectors. */
  count(): Promise<number>;
  /** Adds or replaces vectors by passage id, all or none. Throws on a wrong dimension or a NaN. */
  add(rows: readonly VectorRow[]): Promise<void>;
  /** Removes passages' vectors where there are any: in slices, other work between. */
  removePassages(passageIds: readonly number[]): Promise<void>;
  /** As `removePassages`, for all passages of these documents. */
  removeDocuments(documentIds: readonly number[]): Promise<void>;
  /** The k nearest by cosine, best first, ties by passage id. */
  search(query: Float32Array, k: number, scope: SearchScope, signal: AbortSignal): Promise<VectorHit[]>;
  /** Cosines of given passages, for fusing; passages without a vector are left out. */
  scores(query: Float32Array, passageIds: readonly number[]): Promise<Map<number, number>>;
  /** Those of these passages that have a vector. */
  present(passageIds: readonly number[]): Promise<Set<number>>;
  /** Passages of the whole index without a vector. Looks at every one. */
  countMissing(): Promise<number>;
  /** Unit vectors of passages with these hashes, where there is one: equal hash, equal vector. */
  byHash(hashes: readonly string[]): Promise<Map<string, Float32Array>>;
  /** Removes vectors whose passage is gone (a kill between two transactions), in slices; gives how many. */
  removeOrphans(signal: AbortSignal): Promise<number>;
  /** Lets go of memory; what is stored stays. From then on it finds and removes nothing, and `add` throws. */
  close(): Promise<void>;
}

export type { WordHit, WordQuery };
