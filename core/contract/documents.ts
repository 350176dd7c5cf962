import { z } from "zod";
import { failure } from "./errors.ts";
import { reach } from "./tiers.ts";

export const id = z.number().int().positive();

/** Formats with a reader. `jsonl` is a data set: `{id, title, text}`, one document a line. */
export const formats = [
  "md",
  "txt",
  "html",
  "pdf",
  "docx",
  "pptx",
  "xlsx",
  "odt",
  "epub",
  "rtf",
  "csv",
  "eml",
  "jsonl",
] as const;
export const format = z.enum(formats);
export type Format = z.infer<typeof format>;

/** Where in a document a passage stands, in the document's own terms; pages and slides count from 1. */
export const place = z.strictObject({
  page: z.number().int().positive().optional(),
  slide: z.number().int().positive().optional(),
  sheet: z.string().optional(),
  /** The headings above it, outermost first, joined with " › ". */
  heading: z.string().optional(),
});
export type Place = z.infer<typeof place>;

/** A half-open range [start, end) of UTF-16 code units. */
export const range = z.strictObject({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type Range = z.infer<typeof range>;

/**
 * The honest state of a file. `words`: its text is stored and found by words, its vectors are still
 * to come. `ready`: rows were read back and every passage has its vector in the active model. `left-out`: it was
 * on the list when the person cancelled; it is read once it is tried again.
 */
export const fileStates = ["waiting", "reading", "words", "ready", "failed", "left-out"] as const;
export const fileState = z.enum(fileStates);
export type FileState = z.infer<typeof fileState>;

export const collection = z.strictObject({
  id,
  name: z.string().min(1).max(200),
  /** The longest reach any request that uses this collection may have. */
  reach,
  files: z.number().int().nonnegative(),
  documents: z.number().int().nonnegative(),
  passages: z.number().int().nonnegative(),
});
export type Collection = z.infer<typeof collection>;

export const watchedFolder = z.strictObject({
  id,
  collectionId: id,
  path: z.string(),
  files: z.number().int().nonnegative(),
  /** False when the folder cannot be reached now (unplugged, renamed away); its files are kept. */
  reachable: z.boolean(),
});
export type WatchedFolder = z.infer<typeof watchedFolder>;

/** One row of the library: a file, which holds one document (a data set: one per line). */
export const libraryFile = z.strictObject({
  id,
  collectionId: id,
  path: z.string(),
  name: z.string(),
  format: z.nullable(format),
  bytes: z.number().nonnegative(),
  /** Unix milliseconds. */
  modifiedAt: z.number(),
  indexedAt: z.number().nullable(),
  state: fileState,
  documents: z.number().int().nonnegative(),
  /** The first document, to open it; null while there is none. */
  documentId: z.nullable(id),
  title: z.string().nullable(),
  passages: z.number().int().nonnegative(),
  /** Of these, how many have their vector in the active model; a file whose turn has not come says none. */
  embedded: z.number().int().nonnegative(),
  failure: z.nullable(failure),
  /** What the reader could not take over (a picture page, a damaged part), closed codes with counts. */
  warnings: z.array(z.string()),
});
export type LibraryFile = z.infer<typeof libraryFile>;

/** A document as opened: its head; the passages come by page. */
export const documentHead = z.strictObject({
  id,
  fileId: id,
  collectionId: id,
  /** The id inside a data set, else null. */
  key: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  format: z.nullable(format),
  characters: z.number().int().nonnegative(),
  passages: z.number().int().nonnegative(),
  pages: z.number().int().nonnegative().nullable(),
});
export type DocumentHead = z.infer<typeof documentHead>;

/** A stored passage: `text` is exactly the document's text from `start` to `end`. */
export const passage = z.strictObject({
  id,
  documentId: id,
  ordinal: z.number().int().nonnegative(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  place,
  text: z.string(),
  hasVector: z.boolean(),
});
export type Passage = z.infer<typeof passage>;

/** Progress of all indexing under way. Rates and times are null until they can be honest. */
export const indexProgress = z.strictObject({
  state: z.enum(["idle", "running", "paused"]),
  files: z.strictObject({ total: z.number(), read: z.number(), ready: z.number(), failed: z.number() }),
  passages: z.strictObject({ total: z.number(), embedded: z.number() }),
  /** The file being read or embedded now (name only). */
  current: z.string().nullable(),
  passagesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** What stopped the work (a full disk); it goes on with `library.resume`. */
  fault: z.optional(failure),
});
export type IndexProgress = z.infer<typeof indexProgress>;
