import type { IndexProgress, LibraryFile } from "../../contract/documents.ts";
import { joinChanges, type LibraryChange } from "../../contract/library-change.ts";
import { AppError } from "../../contract/errors.ts";
import { getFile } from "../../store/files.ts";
import { markGroupWaiting, markWaiting } from "../../store/file-queue.ts";
import { listFolders } from "../../store/folders.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import {
  filesWithIds,
  listFiles,
  toLibraryFile,
  type FileQuery,
  type FileView,
} from "../../store/library-files.ts";
import { findProblems } from "../../store/integrity.ts";
import { makeRemoval, type Removal } from "./removal.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { recutFile, type RecutDeps } from "./recut.ts";
import { storeLong } from "./store-long.ts";
import { makePurger } from "./purger.ts";
import { makeSweeper } from "./sweeper.ts";
import { makeIndexer, type Indexer } from "./indexer.ts";
import type { IndexedModel } from "./indexer-vectors.ts";
import type { FileDone, ReadDeps } from "./indexer-read.ts";
import type { SearchIndex } from "../index/search-index.ts";
import { otherWork } from "../index/other-work.ts";
import type { Retriever } from "../search/retriever.ts";
import { makeAdder, type AddResult } from "./add-paths.ts";
import { collectionOf, makeCollections, type Collections } from "./collections.ts";
import { makeDocumentQueries, type DocumentQueries } from "./document-queries.ts";
import { makeIndexModels, type IndexModels } from "./index-models.ts";
import { makeQuestions, type Questions } from "./questions.ts";
import { preferAsked } from "./prefer-asked.ts";
import { refreshWords } from "./refresh-words.ts";
import { makeSuggestions, type Suggestions } from "./suggestions.ts";
import { makeFollower } from "./follow.ts";
import type { Clock } from "./watch-clock.ts";

export interface LibraryDeps extends Omit<ReadDeps, "commits" | "storeLong"> {
  readonly db: WriteDb;
  /** Goes up whenever `toTerms` folds in another way. */
  readonly termsVersion: number;
  /** True when a folder scan should take the file. */
  readonly isReadable: (path: string) => boolean;
  /** Makes the search over one model's vectors; null: words only. */
  readonly makeRetriever: (model: IndexedModel | null) => Retriever;
  /** What search runs on. */
  readonly index: SearchIndex;
  /** A model that is no longer searched with; whoever opened it may close it. */
  readonly embedderUnused?: (embedder: Embedder) => void;
  /** The time of what waits; default: the system's. */
  readonly clock?: Clock;
  /** Follow watched folders while running (the window); otherwise only at start (commands). */
  readonly isWatching: boolean;
  readonly parallelReads: number;
  /** Milliseconds between a removal and the purge of its words. Default 10 seconds. */
  readonly purgeAfter?: number;
  /** A file's reading ended: its words can be searched, or it failed. */
  readonly fileDone?: (done: FileDone) => void;
  /** A file's vectors are complete. */
  readonly fileReady?: (fileId: number) => void;
  /** Files, folders or collections changed, or how far the work is. */
  readonly changed?: (change: LibraryChange) => void;
  /** The index under construction moved on, or was switched to. */
  readonly modelsChanged?: () => void;
  /** Something that is not a file's fault: a watch refused, a scan that failed. */
  readonly failed?: (error: unknown) => void;
}

export interface AddOptions {
  /** Files that failed before are tried again. Default true. */
  readonly retryFailed?: boolean;
  /** Looks into the folders given only, not into all that are watched. */
  readonly onlyThese?: boolean;
}

/** Files by id, or by the state they ended in. */
export type Retry =
  | { readonly fileIds: readonly number[] }
  | { readonly state: "failed" | "left-out"; readonly collectionId?: number | undefined };

/** The library as window and commands use it. Ids that do not exist: `not-found`. */
export interface Library extends Collections, DocumentQueries, Removal {
  readonly questions: Questions;
  readonly suggestions: Suggestions;
  readonly models: IndexModels;
  /** The search over the active model. */
  readonly retriever: Retriever;
  /** Takes files, and folders to watch; counts what is to be read. */
  add(collectionId: number, paths: readonly string[], options?: AddOptions): Promise<AddResult>;
  files(query: FileQuery): { files: LibraryFile[]; total: number };
  /** These rows; those that are gone are left out. */
  fileRows(ids: readonly number[]): LibraryFile[];
  file(id: number): LibraryFile;
  /** Puts files on the list to be read: these, or all of a state in a collection or in all of them. */
  retry(which: Retry): Promise<void>;
  folders(): ReturnType<typeof listFolders>;
  progress(): IndexProgress;
  pause(): void;
  resume(): void;
  /** Takes work up again after a cancel; a pause stays one. */
  goOn(): void;
  cancel(): Promise<void>;
  holdVectors(held: boolean): void;
  /** Looks for what changed in the watched folders and goes to work. */
  scan(signal: AbortSignal): Promise<void>;
  whenIdle(): Promise<void>;
  /** Takes the words of what was removed out of the encrypted pages now, not some time later. */
  whenPurged(): Promise<void>;
  /** What is wrong with the database and between its tables; empty: all is well. Reads everything. */
  integrity(): string[];
  /** Stops all work; the caller closes reader, models and database. */
  close(): Promise<void>;
}

/** Rows marked in one transaction. */
const markedAtOnce = 1_000;
/** Files came, went or changed their place. */
const newLists: LibraryChange = { files: [], lists: true };

/** Puts the library together over an open database. Nothing runs before `scan`, `add` or `models.use`. */
export function makeLibrary(deps: LibraryDeps): Library {
  const { db } = deps;
  const changed = (change: LibraryChange): void => deps.changed?.(change);
  const failed = (error: unknown): void => deps.failed?.(error);
  const sweeper = makeSweeper({
    db,
    forget: async (passageIds) => indexer.forget(passageIds),
    failed,
  });
  const purger = makePurger({ ...deps, swept: async () => sweeper.whenIdle(), failed });
  const indexer: Indexer = makeIndexer({
    db,
    reader: deps.reader,
    now: deps.now,
    toTerms: deps.toTerms,
    chunkOptions: deps.chunkOptions,
    parallelReads: deps.parallelReads,
    batch: 64,
    changed,
    fileDone: (done) => deps.fileDone?.(done),
    fileReady: (fileId) => deps.fileReady?.(fileId),
    storeLong: async (fileId, content, signal) => void (await storeLong(longDeps, fileId, content, signal)),
    recut: async (fileId, embedder, signal) => recutFile(longDeps, fileId, embedder, signal),
    hidden: () => sweeper.wake(),
    built: async (model) => models.switchTo(model),
  });
  const models = makeIndexModels({
    ...deps,
    indexer,
    modelsChanged,
    embedderUnused: (embedder) => deps.embedderUnused?.(embedder),
    failed,
  });
  let servedBefore: string | null = null;
  function modelsChanged(): void {
    // What state a file is in depends on the model that serves: a list shown before is out of date.
    if (servedBefore !== view.fingerprint) changed(newLists);
    servedBefore = view.fingerprint;
    deps.modelsChanged?.();
  }
  const longDeps: RecutDeps = {
    db,
    toTerms: deps.toTerms,
    sweeper,
    vectors: () => [models.active, models.building].flatMap((model) => (model ? [model.vectors] : [])),
    now: deps.now,
  };
  const follower = makeFollower({
    ...deps,
    indexer,
    changed,
    removed,
    failed,
  });
  const adder = makeAdder({ db, isReadable: deps.isReadable });
  const view: FileView = {
    get fingerprint() {
      return models.active?.vectors.fingerprint ?? null;
    },
    reading: indexer.reading,
    embedded: (fileId) => indexer.embedded(fileId),
  };

  /** Rows are out of sight; what they hold goes in its own time. */
  function removed(): void {
    indexer.removed();
    sweeper.wake();
    purger.wake();
    changed(newLists);
  }

  return {
    ...makeCollections(db, changed),
    ...makeDocumentQueries(db, () => models.active, indexer),
    ...makeRemoval({ db, removed, foldersChanged: () => follower.refresh() }),
    questions: makeQuestions(db, () => models.retriever),
    suggestions: makeSuggestions(db, deps.now),
    models,
    retriever: {
      search: async (request, signal) => {
        const result = await models.retriever.search(request, signal);
        if (models.active) preferAsked(db, models.active.vectors.fingerprint, result.hits, indexer);
        return result;
      },
    },
    add: async (collectionId, paths, options = {}) => {
      collectionOf(db, collectionId);
      sweeper.wake();
      const retryFailed = options.retryFailed ?? true;
      const result = await adder.add(collectionId, paths, retryFailed);
      let { added } = result;
      if (result.folders.length > 0) {
        const only = options.onlyThese ? new Set(result.folders) : null;
        const scanned = await follower.scanNow({ retryFailed, only }, new AbortController().signal);
        added += scanned.added + scanned.changed;
        follower.refresh();
      }
      indexer.wake();
      changed(newLists);
      return { ...result, added };
    },
    files: (query) => listFiles(db, query, view),
    fileRows: (ids) => filesWithIds(db, ids, view),
    file: (id) => {
      const row = getFile(db, id);
      if (!row) throw new AppError("not-found");
      return toLibraryFile(row, view);
    },
    retry: async (which) => {
      if ("fileIds" in which) inTransaction(db, () => which.fileIds.forEach((id) => markWaiting(db, id)));
      else
        while (markGroupWaiting(db, which.state, which.collectionId ?? null, markedAtOnce) === markedAtOnce)
          await otherWork();
      indexer.wake();
      const files = "fileIds" in which ? [...which.fileIds] : [];
      changed(joinChanges(null, { files, lists: files.length === 0 }));
    },
    folders: () => listFolders(db),
    progress: () => indexer.progress(),
    pause: () => indexer.pause(),
    resume: () => indexer.resume(),
    goOn: () => indexer.wake(),
    cancel: async () => indexer.cancel(),
    holdVectors: (held) => indexer.holdVectors(held),
    scan: async (signal) => {
      sweeper.wake();
      purger.wake();
      await refreshWords(db, { version: deps.termsVersion, toTerms: deps.toTerms }, signal);
      await follower.scanNow({ retryFailed: true, only: null }, signal);
      follower.refresh();
      indexer.wake();
    },
    whenIdle: async () => {
      await indexer.whenIdle();
      await sweeper.whenIdle();
    },
    whenPurged: async () => purger.whenPurged(),
    integrity: () => findProblems(db),
    close: async () => {
      await follower.close();
      await indexer.stop();
      await purger.stop();
      await sweeper.stop();
      await models.close();
    },
  };
}
