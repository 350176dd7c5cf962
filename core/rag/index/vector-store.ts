/** A vector with the passage and document it belongs to; `vector` is a unit vector. */
export interface VectorRow {
  readonly passageId: number;
  readonly documentId: number;
  readonly vector: Float32Array;
}

export interface VectorHit {
  readonly passageId: number;
  readonly documentId: number;
  /** Cosine, -1 to 1, from the stored (8-bit) vector. */
  readonly score: number;
}

/** The passages a search may return. Both absent: all. */
export interface VectorScope {
  /** Keeps a passage when true; called for candidates only. */
  readonly allows?: (documentId: number) => boolean;
}

/** Vectors of one model's passages. Every method that writes is one transaction. */
export interface VectorStore {
  /** The embedding model's fingerprint. */
  readonly fingerprint: string;
  readonly dimension: number;
  /** Live vectors. */
  count(): Promise<number>;
  /** Adds or replaces vectors by passage id, all or none. Throws on a wrong dimension or a NaN. */
  add(rows: readonly VectorRow[]): Promise<void>;
  /** Removes a passage's vector where there is one. */
  removePassages(passageIds: readonly number[]): Promise<void>;
  removeDocuments(documentIds: readonly number[]): Promise<void>;
  /** The k nearest by cosine, best first, ties by passage id. */
  search(query: Float32Array, k: number, scope: VectorScope, signal: AbortSignal): Promise<VectorHit[]>;
  /** Cosines of given passages, for fusing; passages without a vector are left out. */
  scores(query: Float32Array, passageIds: readonly number[]): Promise<Map<number, number>>;
  close(): Promise<void>;
}
