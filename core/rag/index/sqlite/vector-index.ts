import { documentIdsOf } from "../../../store/documents.ts";
import { inTransaction, type WriteDb } from "../../../store/handle.ts";
import { hiddenDocumentIds } from "../../../store/hidden.ts";
import {
  countPassagesWithoutVector,
  orphanVectors,
  passagesWithVector,
  vectorsByHash,
} from "../../../store/vector-coverage.ts";
import { openVectorModel, readCenter } from "../../../store/vector-models.ts";
import {
  deleteVector,
  eachVector,
  hasVector,
  insertVector,
  readVector,
  vectorKey,
} from "../../../store/vector-rows.ts";
import { byScore, checkRows, checkVector, lastOfEach, toUnit } from "../check-vectors.ts";
import { toInt8, toSigned } from "../int8.ts";
import { otherWork } from "../other-work.ts";
import type { SearchScope, VectorHit, VectorIndex, VectorRow } from "../search-index.ts";
import { makePageLayout, type CodePage } from "./code-page.ts";
import { makeEncoder, type Encoder } from "./encoder.ts";
import type { KernelKind } from "./kernel/kernel-interface.ts";
import { MemoryIndex } from "./memory-index.ts";
import { findNearest } from "./nearest.ts";
import { makeQuestion } from "./question.ts";
import { rebuildCodes, wantsCenter } from "./rebuild.ts";
import { makeRotation } from "./rotation.ts";
import { readPages } from "./segments.ts";
import { StagedPages } from "./staged-pages.ts";

/** Vectors removed in one transaction: some milliseconds that a search waits at most. */
const removedAtOnce = 1_000;
/** Vectors looked at for orphans before other work has its turn. */
const orphansAtOnce = 5_000;
const warmUps = 20;

type Allows = (documentId: number) => boolean;

export interface SqliteVectorIndexOptions {
  /** Opened with core/store/open.ts; the caller closes it, after the index. */
  readonly db: WriteDb;
  readonly fingerprint: string;
  readonly dimension: number;
  /** The inner loop to use, for tests and benchmarks. Default: the fastest that runs here. */
  readonly kernel?: KernelKind;
}

/** Vectors of one model with figures for benchmarks and the doctor. */
export interface SqliteVectorIndex extends VectorIndex {
  /** Bytes of memory that the index holds. */
  readonly memoryBytes: number;
  readonly kernel: KernelKind;
}

/**
 * The vectors of one model inside the encrypted database: 8-bit rows are the truth, 1-bit codes in
 * memory and in segments are derived from them. Opening reads the codes, or makes them anew.
 */
export function openSqliteVectorIndex(options: SqliteVectorIndexOptions): SqliteVectorIndex {
  const { db, fingerprint, dimension } = options;
  const rotation = makeRotation(dimension);
  const layout = makePageLayout(rotation.width);
  const modelId = openVectorModel(db, fingerprint, dimension);
  const index = new MemoryIndex(layout, options.kernel);
  let center = new Float32Array(dimension);
  let centeredOf = 0;
  let encoder: Encoder;
  let isClosed = false;

  const takeOver = (pages: readonly CodePage[], newCenter: Float32Array, of: number): void => {
    index.clear();
    for (const page of pages) index.put(page);
    center = Float32Array.from(newCenter);
    centeredOf = of;
    encoder = makeEncoder(center, rotation);
  };
  const rebuild = (): void => {
    const made = rebuildCodes(db, modelId, dimension, layout, rotation);
    takeOver(made.pages, made.center, made.of);
  };
  const stored = readPages(db, modelId, layout);
  if (stored) {
    const known = readCenter(db, modelId);
    takeOver(stored, known.center ?? center, known.of);
  } else rebuild();

  /** Runs `work` on copies of pages in one transaction; memory follows only once it is committed. */
  const change = (work: (staged: StagedPages) => void): void => {
    if (isClosed) throw new Error("the vector index is closed");
    if (db.inTransaction) throw new Error("a vector index's writes are transactions of their own");
    const staged = new StagedPages(index);
    inTransaction(db, () => {
      work(staged);
      staged.write(db, modelId);
    });
    staged.commit();
  };

  const removeFound = (staged: StagedPages, found: Map<number, number[]>): void => {
    for (const [place, slots] of found) {
      const page = staged.page(place);
      for (const slot of slots) {
        deleteVector(db, vectorKey(modelId, page.passages[slot]!));
        staged.clear(place, slot);
      }
    }
  };

  const add = (rows: readonly VectorRow[]): void => {
    change((staged) => {
      const last = lastOfEach(rows);
      const known = last.filter((row) => hasVector(db, vectorKey(modelId, row.passageId)));
      if (known.length > 0)
        removeFound(staged, index.find(new Set(known.map((row) => row.passageId)), "passages"));
      for (const row of last.toSorted((a, b) => a.passageId - b.passageId)) {
        const vector = toInt8(row.vector);
        insertVector(db, vectorKey(modelId, row.passageId), row.documentId, vector);
        staged.append(row.passageId, row.documentId, encoder.encode(vector));
      }
    });
    if (wantsCenter(index.live, centeredOf)) rebuild();
  };

  // In order of their ids, each slice finds its vectors on few pages.
  const removePassages = async (passageIds: readonly number[]): Promise<void> => {
    const ids = passageIds.toSorted((a, b) => a - b);
    for (let at = 0; at < ids.length; at += removedAtOnce) {
      if (at > 0) await otherWork();
      const found = index.find(new Set(ids.slice(at, at + removedAtOnce)), "passages");
      if (found.size > 0) change((staged) => removeFound(staged, found));
    }
  };

  const searchAll = (k: number, allows: Allows | undefined): VectorHit[] => {
    const hits: VectorHit[] = [];
    for (const { passageId, documentId, vector } of eachVector(db, modelId)) {
      if (!allows || allows(documentId)) hits.push({ passageId, documentId, score: index.cosine(vector) });
    }
    return hits.toSorted(byScore).slice(0, k);
  };

  /** Which documents a search may find; undefined: all. Hidden ones are found by none. */
  const allowed = (collections: readonly number[]): Allows | undefined => {
    if (collections.length === 0) {
      const hidden = hiddenDocumentIds(db);
      return hidden.size > 0 ? (documentId) => !hidden.has(documentId) : undefined;
    }
    const documents = documentIdsOf(db, collections);
    return (documentId) => documents.has(documentId);
  };

  const search = (query: Float32Array, k: number, { collections }: SearchScope): VectorHit[] => {
    const unit = toUnit(query);
    index.setQuery(unit);
    const question = makeQuestion(unit, center, rotation);
    const allows = allowed(collections);
    return findNearest(db, modelId, index, { question, k, allows }) ?? searchAll(k, allows);
  };
  // The engine compiles the inner loops while they run: the first question should not wait for that.
  if (index.live > 0) {
    const question = makeQuestion(toUnit(new Float32Array(dimension).fill(1)), center, rotation);
    for (let i = 0; i < warmUps; i++) index.candidates(question, 224, undefined, 16);
  }

  return {
    fingerprint,
    dimension,
    kernel: index.kernel.kind,
    get memoryBytes() {
      return index.bytes;
    },
    count: async () => index.live,
    add: async (rows) => {
      checkRows(rows, dimension);
      if (rows.length > 0) add(rows);
    },
    removePassages,
    removeDocuments: async (documentIds) =>
      removePassages(index.passagesAt(index.find(new Set(documentIds), "documents"))),
    search: async (query, k, scope, signal) => {
      signal.throwIfAborted();
      checkVector(query, dimension);
      return k > 0 ? search(query, k, scope) : [];
    },
    scores: async (query, passageIds) => {
      checkVector(query, dimension);
      // Its number may be another model's by now.
      if (isClosed) return new Map();
      index.setQuery(toUnit(query));
      const scores = new Map<number, number>();
      for (const id of passageIds) {
        const vector = readVector(db, vectorKey(modelId, id));
        if (vector) scores.set(id, index.cosine(vector));
      }
      return scores;
    },
    present: async (passageIds) => passagesWithVector(db, fingerprint, passageIds),
    countMissing: async () => countPassagesWithoutVector(db, fingerprint),
    byHash: async (hashes) => {
      const units = new Map<string, Float32Array>();
      for (const [hash, vector] of vectorsByHash(db, fingerprint, hashes))
        units.set(hash, toUnit(Float32Array.from(toSigned(vector))));
      return units;
    },
    removeOrphans: async (signal) => {
      let removed = 0;
      for (let after: number | null = 0; after !== null;) {
        const { orphans, next } = orphanVectors(db, fingerprint, after, orphansAtOnce);
        if (orphans.length > 0) await removePassages(orphans);
        removed += orphans.length;
        after = next;
        if (after === null) break;
        await otherWork();
        signal.throwIfAborted();
      }
      return removed;
    },
    close: async () => {
      isClosed = true;
      index.clear();
    },
  };
}
