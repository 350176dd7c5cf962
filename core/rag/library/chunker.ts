import type { Place, Range } from "../../contract/documents.ts";
import { splitters } from "./chunker-splitters.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { ReadDocument } from "../readers/reader.ts";
import { modelTokenCounter, plainTokenCounter, type TokenCounter } from "./token-counter.ts";

/** A passage to be: `text.slice(start, end)` of its document, without white space around it. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** As counted by the options' counter. */
  readonly tokens: number;
}

export interface ChunkOptions {
  readonly count: TokenCounter;
  /** Tokens a chunk should have; paragraphs are put together up to here. */
  readonly target: number;
  /** Tokens no chunk exceeds; a paragraph up to here stays whole. */
  readonly longest: number;
  /** Tokens, in whole sentences, that a chunk repeats of the one before when a paragraph is cut. */
  readonly overlap: number;
}

interface Piece extends Range {
  readonly tokens: number;
}

/**
 * Chosen on XQuAD (English, MiniLM, nDCG@10): whole paragraphs .943, target 180 .946, 120 .949, 80 .954;
 * each step down makes more rows to keep and shorter passages to read, so not the smallest.
 */
const targetTokens = 128;
const longestTokens = 192;
// Two special tokens, and the longest prefix of the catalogue's passages ("passage: ").
const tokensAround = 6;

/** Tokens of a passage that the model sees whole. */
export function roomOf(embedder: Pick<Embedder, "longestInput">): number {
  return embedder.longestInput - tokensAround;
}

/** Options for a model, or for no model at all. Keep them: the counter remembers words. */
export function chunkOptionsFor(embedder: Embedder | null): ChunkOptions {
  const room = embedder ? roomOf(embedder) : longestTokens;
  return {
    count: embedder ? modelTokenCounter(embedder) : plainTokenCounter(),
    target: Math.min(targetTokens, room),
    longest: Math.min(longestTokens, room),
    overlap: 0,
  };
}

/** All chunks of a document, in order; every character that is not white space is in one. */
export function chunkDocument(document: ReadDocument, options: ChunkOptions): Chunk[] {
  return [...chunksOf(document, options)];
}

/**
 * The same, one at a time, so that a caller can let other work run within a large document. A chunk
 * never holds text of two pages, slides, sheets or headings; it is cut between paragraphs, else
 * sentences, else lines, words, characters.
 */
export function* chunksOf(document: ReadDocument, options: ChunkOptions): Generator<Chunk> {
  for (const { place, ranges } of stretchesOf(document)) {
    for (const { start, end, tokens } of cut(document.text, ranges, 0, options))
      yield { start, end, place, tokens };
  }
}

/** Cuts ranges that belong together; what is too long goes to the next finer splitter. */
function* cut(text: string, ranges: Iterable<Range>, level: number, options: ChunkOptions): Generator<Piece> {
  const split = splitters[level];
  if (!split) throw new Error("text that cannot be cut to fit");
  let waiting: Piece[] = [];
  for (const range of ranges) {
    for (const part of split(text, range, options.longest)) {
      const tokens = options.count(text, part.start, part.end);
      if (tokens > options.longest && level + 1 < splitters.length) {
        yield* pack(waiting, level, options);
        waiting = [];
        yield* cut(text, [part], level + 1, options);
      } else waiting.push({ start: part.start, end: part.end, tokens });
    }
  }
  yield* pack(waiting, level, options);
}

/** Puts neighbours together into chunks of about equal size, at most about the target. */
function* pack(pieces: readonly Piece[], level: number, options: ChunkOptions): Generator<Piece> {
  const total = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  const aim = total / Math.max(1, Math.ceil(total / options.target));
  let open: Piece[] = [];
  let tokens = 0;
  for (const piece of pieces) {
    const isFull = tokens + piece.tokens > options.longest || tokens + piece.tokens / 2 > aim;
    if (open.length > 0 && isFull) {
      yield joined(open, tokens);
      open = level === 0 ? [] : repeated(open, Math.min(options.overlap, options.longest - piece.tokens));
      tokens = open.reduce((sum, kept) => sum + kept.tokens, 0);
    }
    open.push(piece);
    tokens += piece.tokens;
  }
  if (open.length > 0) yield joined(open, tokens);
}

function joined(pieces: readonly Piece[], tokens: number): Piece {
  return { start: pieces[0]!.start, end: pieces[pieces.length - 1]!.end, tokens };
}

/** The last pieces that together have at most `limit` tokens; never all of them. */
function repeated(pieces: readonly Piece[], limit: number): Piece[] {
  let from = pieces.length;
  for (let sum = 0; from > 1; from--) {
    sum += pieces[from - 1]!.tokens;
    if (sum > limit) break;
  }
  return pieces.slice(from);
}

interface Stretch {
  readonly place: Place;
  readonly ranges: Range[];
}

/** Sections of one place together; a heading with nothing of its own goes to what follows under it. */
function* stretchesOf(document: ReadDocument): Generator<Stretch> {
  const sections =
    document.sections.length > 0 ? document.sections : [{ start: 0, end: document.text.length, place: {} }];
  let open: Stretch | undefined;
  for (const { start, end, place } of sections) {
    if (open && isSamePlace(open.place, place)) open.ranges.push({ start, end });
    else {
      const above: Range[] = open && isBareHeading(document.text, open, place) ? open.ranges : [];
      if (open && above.length === 0) yield open;
      open = { place, ranges: [...above, { start, end }] };
    }
  }
  if (open) yield open;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.heading === b.heading && isSameSheet(a, b);
}

function isSameSheet(a: Place, b: Place): boolean {
  return a.page === b.page && a.slide === b.slide && a.sheet === b.sheet;
}

const headingSeparator = " › ";

function isBareHeading(text: string, { place, ranges }: Stretch, next: Place): boolean {
  const { heading } = place;
  if (
    heading === undefined ||
    !next.heading?.startsWith(heading + headingSeparator) ||
    !isSameSheet(place, next)
  )
    return false;
  const names = heading.split(headingSeparator);
  const own = text.slice(ranges[0]!.start, ranges[ranges.length - 1]!.end);
  return own.split("\n").every((line) => line.trim() === "" || names.includes(line.trim()));
}
