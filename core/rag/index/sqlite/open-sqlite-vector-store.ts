import { inTransaction, type WriteDb } from "../../../store/handle.ts";
import { byScore, checkRows, checkVector, lastOfEach, toUnit } from "../check-vectors.ts";
import { toInt8 } from "../int8.ts";
import type { VectorHit, VectorRow, VectorScope, VectorStore } from "../vector-store.ts";
import { makePageLayout, type CodePage } from "./code-page.ts";
import { makeEncoder, type Encoder } from "./encoder.ts";
import type { KernelKind } from "./kernel/kernel.ts";
import { MemoryIndex } from "./memory-index.ts";
import { findNearest } from "./nearest.ts";
import { makeQuestion } from "./question.ts";
import { rebuildCodes, wantsCenter } from "./rebuild.ts";
import { makeRotation } from "./rotation.ts";
import { readPages } from "./segments.ts";
import { StagedPages } from "./staged-pages.ts";
import {
  deleteVector,
  eachVector,
  hasVector,
  insertVector,
  openModel,
  readCenter,
  readVector,
  vectorKey,
} from "./vector-rows.ts";

const warmUps = 20;

export interface SqliteVectorStoreOptions {
  /** Opened with core/store/open.ts; the caller closes it, after the store. */
  readonly db: WriteDb;
  readonly fingerprint: string;
  readonly dimension: number;
  /** The inner loop to use, for tests and benchmarks. Default: the fastest that runs here. */
  readonly kernel?: KernelKind;
}

/** A vector store with figures for benchmarks and the doctor. */
export interface SqliteVectorStore extends VectorStore {
  /** Bytes of memory that the index holds. */
  readonly memoryBytes: number;
  readonly kernel: KernelKind;
}

/**
 * The vectors of one model inside the encrypted database: 8-bit rows are the truth, 1-bit codes in
 * memory and in segments are derived from them. Opening reads the codes, or makes them anew.
 */
export function openSqliteVectorStore(options: SqliteVectorStoreOptions): SqliteVectorStore {
  const { db, fingerprint, dimension } = options;
  const rotation = makeRotation(dimension);
  const layout = makePageLayout(rotation.width);
  const modelId = openModel(db, fingerprint, dimension);
  const index = new MemoryIndex(layout, options.kernel);
  let center = new Float32Array(dimension);
  let centeredOf = 0;
  let encoder: Encoder;

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
    if (db.inTransaction) throw new Error("a vector store's writes are transactions of their own");
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

  const remove = (ids: readonly number[], of: "passages" | "documents"): void => {
    const found = index.find(new Set(ids), of);
    if (found.size > 0) change((staged) => removeFound(staged, found));
  };

  const searchAll = (k: number, scope: VectorScope): VectorHit[] => {
    const hits: VectorHit[] = [];
    for (const { passageId, documentId, vector } of eachVector(db, modelId)) {
      if (!scope.allows || scope.allows(documentId))
        hits.push({ passageId, documentId, score: index.cosine(vector) });
    }
    return hits.toSorted(byScore).slice(0, k);
  };

  const search = (query: Float32Array, k: number, scope: VectorScope): VectorHit[] => {
    const unit = toUnit(query);
    index.setQuery(unit);
    const question = makeQuestion(unit, center, rotation);
    const hits = findNearest(db, modelId, index, { question, k, allows: scope.allows });
    return hits ?? searchAll(k, scope);
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
    removePassages: async (passageIds) => remove(passageIds, "passages"),
    removeDocuments: async (documentIds) => remove(documentIds, "documents"),
    search: async (query, k, scope, signal) => {
      signal.throwIfAborted();
      checkVector(query, dimension);
      return k > 0 ? search(query, k, scope) : [];
    },
    scores: async (query, passageIds) => {
      checkVector(query, dimension);
      index.setQuery(toUnit(query));
      const scores = new Map<number, number>();
      for (const id of passageIds) {
        const vector = readVector(db, vectorKey(modelId, id));
        if (vector) scores.set(id, index.cosine(vector));
      }
      return scores;
    },
    close: async () => index.clear(),
  };
}
