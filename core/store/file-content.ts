import type { Format, Place } from "../contract/documents.ts";

export interface NewPassage {
  /** Offsets in the document's text. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** Folded words of the passage, joined by blanks. */
  readonly terms: string;
  /** Folded words of title and headings, joined by blanks. */
  readonly head: string;
  /** Hex hash of exactly what is embedded: equal hash, equal vector. */
  readonly hash: string;
}

export interface NewDocument {
  readonly key: string | null;
  readonly title: string;
  readonly text: string;
  readonly pages: number | null;
  readonly passages: readonly NewPassage[];
}

export interface FileContent {
  readonly format: Format;
  readonly bytes: number;
  readonly modifiedAt: number;
  /** See `KnownFile`. */
  readonly inode?: number | null;
  /** SHA-256 of the bytes that were read, hex. */
  readonly contentHash: string;
  readonly warnings: readonly string[];
  readonly documents: readonly NewDocument[];
  /** It is what the file held, in other passages: its state, failure, format and warnings stay. */
  readonly isRecut?: boolean;
}
