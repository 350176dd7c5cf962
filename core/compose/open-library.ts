import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../contract/errors.ts";
import { chunkOptionsFor } from "../rag/library/chunker.ts";
import type { Embedder } from "../rag/embedding/embedder.ts";
import { makeLibrary, type Library, type LibraryDeps } from "../rag/library/library.ts";
import { makeHybridRetriever } from "../rag/search/hybrid-retriever.ts";
import { findEmbeddingRow } from "../models/embedding-catalogue.ts";
import { inTurn } from "./in-turn.ts";
import { isReadable } from "../rag/readers/formats.ts";
import type { FileReader } from "../rag/readers/reader.ts";
import { makeSqliteSearchIndex } from "../rag/index/sqlite/search-index.ts";
import { TERMS_VERSION, toTerms } from "../rag/search/words/terms.ts";
import { makeBallast, useBallast } from "../store/ballast.ts";
import type { WriteDb } from "../store/handle.ts";
import { openLibraryDatabase } from "../store/library-database.ts";
import { vaultPaths, type Vault } from "../store/vault.ts";

/** What it takes to open a library; the key is wiped after use. */
export interface OpenLibrary {
  readonly dataFolder: string;
  readonly vault: Vault;
  readonly nativeBinding: string | undefined;
  /** Folders that may hold the embedding model, looked at in order. */
  readonly modelFolders: readonly string[];
  readonly embeddingModel: string;
  readonly threads: number;
}

/** A library with everything it runs on, to be closed as one. */
export interface RunningLibrary {
  readonly db: WriteDb;
  /** What guards its key. */
  readonly protection: Vault["protection"];
  readonly library: Library;
  readonly generation: number;
  readonly isRolledBack: boolean;
  readonly areChangesLost: boolean;
  /** Searches with this model; the library builds its index beside the one in use. */
  useModel(modelId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface LibraryHooks extends Partial<
  Pick<LibraryDeps, "isWatching" | "parallelReads" | "fileDone" | "fileReady">
> {
  readonly changed: NonNullable<LibraryDeps["changed"]>;
  readonly modelsChanged: () => void;
  readonly failed: (error: unknown) => void;
  /** The disk is full, and the room kept for it is in use. */
  readonly diskFull: () => void;
}

/** Opens the database and puts the library together over it; search by words works once this resolves. */
export async function openLibrary(
  options: OpenLibrary,
  reader: FileReader,
  hooks: LibraryHooks,
): Promise<RunningLibrary> {
  const { db, generation, isRolledBack, areChangesLost } = openLibraryDatabase(
    options.dataFolder,
    options.vault,
    options.nativeBinding,
  );
  const ballast = keepBallast(db, options.dataFolder, hooks);
  const index = makeSqliteSearchIndex(db);
  const embedders = new Map<string, Embedder>();
  const chunkOptions = { of: null as Embedder | null, value: chunkOptionsFor(null) };
  const library = makeLibrary({
    db,
    reader,
    isReadable,
    toTerms,
    termsVersion: TERMS_VERSION,
    now: Date.now,
    // The counter remembers words, so one is kept for each model.
    chunkOptions: () => {
      const embedder = library.models.building?.embedder ?? library.models.active?.embedder ?? null;
      if (chunkOptions.of !== embedder)
        Object.assign(chunkOptions, { of: embedder, value: chunkOptionsFor(embedder) });
      return chunkOptions.value;
    },
    index,
    makeRetriever: (model) => makeHybridRetriever({ index, db, model }),
    isWatching: true,
    parallelReads: 2,
    embedderUnused: (embedder) => {
      embedders.delete(embedder.modelId);
      void embedder.close();
    },
    ...hooks,
  });

  async function embedderOf(modelId: string, signal: AbortSignal): Promise<Embedder> {
    const open = embedders.get(modelId);
    if (open) return open;
    const row = findEmbeddingRow(modelId);
    if (!row) throw new AppError("model-not-supported", { facts: { model: modelId } });
    const folders = options.modelFolders
      .map((parent) => join(parent, row.id))
      .filter((path) => existsSync(path));
    const folder = folders[0];
    if (folder === undefined) throw new AppError("model-missing", { facts: { model: modelId } });
    // The engine takes most of a second to load: the library answers by words before.
    const { openEmbedder } = await import("../rag/embedding/transformers-embedder.ts");
    const embedder = await openEmbedder({ row, folder, threads: options.threads }, signal);
    embedders.set(modelId, embedder);
    return embedder;
  }

  /** The model whose vectors the library has, while another one is wanted; null where it cannot be opened. */
  async function embedderInUse(wanted: string, signal: AbortSignal): Promise<Embedder | null> {
    const { active } = library.models.known();
    if (active === null || active === wanted) return null;
    try {
      return await embedderOf(active, signal);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  return {
    db,
    protection: options.vault.protection,
    library,
    generation,
    isRolledBack,
    areChangesLost,
    useModel: async (modelId, signal) => {
      const wanted = await embedderOf(modelId, signal);
      await library.models.use(wanted, await embedderInUse(modelId, signal));
    },
    close: async () => {
      await inTurn(
        () => library.close(),
        () => ballast.stop(),
        () => reader.close(),
        () => inTurn(...[...embedders.values()].map((embedder) => () => embedder.close())),
        () => void db.close(),
      );
    },
  };
}

/** Milliseconds after the start, when the library has done its first work. */
const firstBallast = 3_000;
/** Milliseconds between two looks whether there is room again for a ballast that was given up. */
const betweenBallasts = 10 * 60 * 1000;

/** Keeps the ballast of an open library there, as far as the disk has room. */
function keepBallast(
  db: WriteDb,
  dataFolder: string,
  { diskFull, failed }: LibraryHooks,
): { stop: () => Promise<void> } {
  const ballast = makeBallast(vaultPaths(dataFolder).database, { givenUp: diskFull });
  useBallast(db, ballast);
  const restore = (): void => void ballast.restore().catch(failed);
  const first = setTimeout(restore, firstBallast).unref();
  const later = setInterval(restore, betweenBallasts).unref();
  return {
    stop: async () => {
      clearTimeout(first);
      clearInterval(later);
      await ballast.stop();
    },
  };
}
