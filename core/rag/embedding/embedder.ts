/** Turns texts into unit vectors with one model. */
export interface Embedder {
  readonly modelId: string;
  /** Keys the index: changes with the model's files, pooling, prefixes and dimension. */
  readonly fingerprint: string;
  readonly dimension: number;
  /** BCP 47 languages the model knows; `*` for many. */
  readonly languages: readonly string[];
  /** Longest input in tokens, special tokens included; longer texts are cut there. */
  readonly longestInput: number;
  /** Counts the tokens of a text with the model's own tokenizer, special tokens left out. */
  countTokens(text: string): number;
  /** Unit vectors in the order of the texts; sorts by length and batches inside. */
  embedDocuments(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  embedQuery(text: string, signal: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}
