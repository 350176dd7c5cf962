import { z } from "zod";
import { id, place, range } from "./documents.ts";

export const searchModes = ["hybrid", "vectors", "words"] as const;
export const searchMode = z.enum(searchModes);
export type SearchMode = z.infer<typeof searchMode>;

export const searchRequest = z.strictObject({
  question: z.string().min(1).max(20_000),
  k: z.number().int().min(1).max(1000).default(10),
  mode: z.enum(searchModes).default("hybrid"),
  /** Collection ids; empty means all. */
  collections: z.array(id).default([]),
});
export type SearchRequest = z.infer<typeof searchRequest>;

/** How many copies of a hit are listed; where there are as many there may be more. */
export const MOST_COPIES = 500;

/** Another place where the text of a hit stands; several passages where neighbours follow each other. */
export const searchCopy = z.strictObject({
  passageIds: z.array(id).min(1),
  documentId: id,
  collectionId: id,
  key: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  place,
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type SearchCopy = z.infer<typeof searchCopy>;

/** One ranked passage. `start`/`end` are offsets in the document's text; merged neighbours widen them. */
export const searchHit = z.strictObject({
  rank: z.number().int().positive(),
  /** Fused score, 0–1, higher is better; in hybrid mode without the background of the model, so the same for every model. */
  score: z.number(),
  vectorScore: z.number().nullable(),
  wordScore: z.number().nullable(),
  /** The passages this hit was merged from, best first. */
  passageIds: z.array(id).min(1),
  documentId: id,
  collectionId: id,
  /** Data set id where there is one. */
  key: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  place,
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
  /** The words of the question found in `text`, as ranges in `text`. */
  matches: z.array(range),
  /** Where the same text stands too, within the collections asked for: one hit for all of them. */
  copies: z.array(searchCopy).max(MOST_COPIES),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchNotices = [
  /** Some passages have no vector yet: found by words only. */
  "vectors-missing",
  /** The question's language is not one the embedding model knows: words carried the ranking. */
  "language-by-words",
  /** No embedding model is installed. */
  "no-embedding-model",
] as const;
export const searchNotice = z.enum(searchNotices);
export type SearchNotice = z.infer<typeof searchNotice>;

export const searchResult = z.strictObject({
  hits: z.array(searchHit),
  mode: searchMode,
  notices: z.array(searchNotice),
  milliseconds: z.strictObject({
    embed: z.number(),
    vectors: z.number(),
    words: z.number(),
    fuse: z.number(),
    total: z.number(),
  }),
});
export type SearchResult = z.infer<typeof searchResult>;
