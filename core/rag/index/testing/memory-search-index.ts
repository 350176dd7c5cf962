import { byScore, checkRows, checkVector, lastOfEach, toUnit } from "../check-vectors.ts";
import { toInt8 } from "../int8.ts";
import { cosineInt8 } from "./cosine-int8.ts";
import type { SearchIndex, VectorHit, VectorIndex, WordHit, WordQuery } from "../search-index.ts";

/** A passage as it is published: its words are found from then on, its vector comes later. */
export interface PublishedPassage {
  readonly id: number;
  readonly documentId: number;
  readonly collectionId: number;
  /** Hex. */
  readonly hash: string;
  /** Folded words of title and headings, and of the text, joined by blanks. */
  readonly head: string;
  readonly terms: string;
}

/** An index in memory that looks at everything: the measure for every other one, and the fake in tests. */
export interface MemorySearchIndex extends SearchIndex {
  publish(passages: readonly PublishedPassage[]): void;
  withdraw(passageIds: readonly number[]): void;
}

interface StoredVector {
  readonly documentId: number;
  readonly vector: Int8Array;
}

/** See `MemorySearchIndex`. */
export function makeMemorySearchIndex(): MemorySearchIndex {
  const passages = new Map<number, PublishedPassage>();
  const models = new Map<string, { dimension: number; rows: Map<number, StoredVector> }>();

  function collectionOf(documentId: number): number | undefined {
    for (const passage of passages.values())
      if (passage.documentId === documentId) return passage.collectionId;
    return undefined;
  }

  return {
    publish: (published) => {
      for (const passage of published) passages.set(passage.id, passage);
    },
    withdraw: (ids) => {
      for (const id of ids) passages.delete(id);
    },
    countPassages: async () => passages.size,
    samplePassages: async (count) => {
      const ids = [...passages.keys()].toSorted((a, b) => a - b);
      const step = Math.max(1, ids.length / count);
      return [...new Set(Array.from({ length: count }, (_, at) => ids[Math.floor(at * step)]))].filter(
        (id) => id !== undefined,
      );
    },
    frequencies: async (terms) => {
      const all = [...passages.values()];
      const counts = new Map<string, number>();
      for (const term of new Set(terms)) {
        const count = all.filter((passage) => wordsOf(passage).all.includes(term)).length;
        if (count > 0) counts.set(term, count);
      }
      return counts;
    },
    searchWords: async (query, signal) => {
      signal.throwIfAborted();
      return rankByWords([...passages.values()], query);
    },
    fingerprints: async () => [...models.keys()],
    openVectors: async (fingerprint, dimension) => {
      const known = models.get(fingerprint) ?? { dimension, rows: new Map<number, StoredVector>() };
      if (known.dimension !== dimension)
        throw new Error(`vectors of ${fingerprint} have ${known.dimension} dimensions`);
      models.set(fingerprint, known);
      return makeVectors({ fingerprint, dimension }, known.rows, passages, collectionOf);
    },
    dropVectors: async (fingerprint) => void models.delete(fingerprint),
  };
}

function wordsOf(passage: PublishedPassage): { head: string[]; text: string[]; all: string[] } {
  const split = (words: string): string[] => words.split(" ").filter(Boolean);
  const head = split(passage.head);
  const text = split(passage.terms);
  return { head, text, all: [...head, ...text] };
}

/** BM25 with the constants that every index here uses: k1 1.2, b .75. */
function rankByWords(passages: readonly PublishedPassage[], query: WordQuery): WordHit[] {
  const { limit, collections, also = [], headWeight = 1 } = query;
  const terms = [...new Set(query.terms)];
  const read = passages.map((passage) => ({ passage, words: wordsOf(passage) }));
  const length = read.reduce((sum, { words }) => sum + words.all.length, 0) / Math.max(1, read.length);
  const weights = terms.map((term) => {
    const count = read.filter(({ words }) => words.all.includes(term)).length;
    return Math.max(1e-6, Math.log((read.length - count + 0.5) / (count + 0.5)));
  });
  const hits: WordHit[] = [];
  for (const { passage, words } of read) {
    if (collections.length > 0 && !collections.includes(passage.collectionId)) continue;
    if (!terms.some((term) => words.all.includes(term))) continue;
    let bm25 = 0;
    terms.forEach((term, at) => {
      const times = (list: readonly string[]): number => list.filter((word) => word === term).length;
      const frequency = headWeight * times(words.head) + times(words.text);
      const norm = 1.2 * (0.25 + (0.75 * words.all.length) / length);
      bm25 += (weights[at]! * frequency * 2.2) / (frequency + norm);
    });
    hits.push({ passageId: passage.id, documentId: passage.documentId, bm25 });
  }
  hits.sort((a, b) => b.bm25 - a.bm25 || a.passageId - b.passageId);
  return hits.filter((hit, at) => at < limit || also.includes(hit.passageId));
}

function makeVectors(
  model: { readonly fingerprint: string; readonly dimension: number },
  stored: Map<number, StoredVector>,
  passages: ReadonlyMap<number, PublishedPassage>,
  collectionOf: (documentId: number) => number | undefined,
): VectorIndex {
  let rows = stored;
  let isClosed = false;
  return {
    ...model,
    count: async () => rows.size,
    add: async (added) => {
      checkRows(added, model.dimension);
      if (isClosed) throw new Error("the vector index is closed");
      for (const { passageId, documentId, vector } of lastOfEach(added))
        rows.set(passageId, { documentId, vector: toInt8(vector) });
    },
    removePassages: async (passageIds) => {
      for (const id of passageIds) rows.delete(id);
    },
    removeDocuments: async (documentIds) => {
      const gone = new Set(documentIds);
      for (const [id, row] of rows) if (gone.has(row.documentId)) rows.delete(id);
    },
    search: async (query, k, { collections }, signal) => {
      signal.throwIfAborted();
      checkVector(query, model.dimension);
      const unit = toUnit(query);
      const allowed = new Map<number, boolean>();
      const allows = (documentId: number): boolean => {
        if (!allowed.has(documentId))
          allowed.set(documentId, collections.includes(collectionOf(documentId) ?? 0));
        return allowed.get(documentId) ?? false;
      };
      const hits: VectorHit[] = [];
      for (const [passageId, { documentId, vector }] of rows) {
        if (collections.length > 0 && !allows(documentId)) continue;
        hits.push({ passageId, documentId, score: cosineInt8(unit, vector) });
      }
      return hits.toSorted(byScore).slice(0, k);
    },
    scores: async (query, passageIds) => {
      checkVector(query, model.dimension);
      const unit = toUnit(query);
      const scores = new Map<number, number>();
      for (const id of passageIds) {
        const row = rows.get(id);
        if (row) scores.set(id, cosineInt8(unit, row.vector));
      }
      return scores;
    },
    present: async (passageIds) => new Set(passageIds.filter((id) => rows.has(id))),
    countMissing: async () => [...passages.keys()].filter((id) => !rows.has(id)).length,
    byHash: async (hashes) => {
      const wanted = new Set(hashes);
      const found = new Map<string, Float32Array>();
      for (const { id, hash } of passages.values()) {
        const row = rows.get(id);
        if (row && wanted.has(hash)) found.set(hash, toUnit(Float32Array.from(row.vector)));
      }
      return found;
    },
    removeOrphans: async () => {
      const orphans = [...rows.keys()].filter((id) => !passages.has(id));
      for (const id of orphans) rows.delete(id);
      return orphans.length;
    },
    close: async () => {
      isClosed = true;
      rows = new Map();
    },
  };
}
