import type { Format, Place } from "../../contract/documents.ts";

/** A stretch of a document with one place: a paragraph, list, table, slide, sheet part, page part. */
export interface Section {
  /** Offsets in `ReadDocument.text`: `text.slice(start, end)` is the section. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** One document as read from a file. */
export interface ReadDocument {
  /** The id inside a data set, else null. */
  readonly key: string | null;
  readonly title: string | null;
  /** Plain text: NFC, "\n" line ends, no control, bidi-override or zero-width characters. */
  readonly text: string;
  /** In order, not overlapping; what lies between them is white space. */
  readonly sections: readonly Section[];
  /** How many pages the file says it has; null where it has none. */
  readonly pages: number | null;
}

/** What a reader makes of one file. Failures are AppErrors with a file-… or reader-… code. */
export interface ReadResult {
  readonly format: Format;
  readonly documents: readonly ReadDocument[];
  /** Closed words such as "picture-page:3", "bad-bytes:12", "hidden-text". */
  readonly warnings: readonly string[];
}

/** One reader per format: bytes in, documents out, nothing else touched (no file, no network). */
export interface FormatReader {
  readonly format: Format;
  read(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<ReadResult>;
}

/** Reads a file in a separate, limited process. Rejects with an AppError; never takes the caller down. */
export interface FileReader {
  read(path: string, signal: AbortSignal): Promise<ReadResult>;
  close(): Promise<void>;
}
