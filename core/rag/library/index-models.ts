import type { IndexBuild } from "../../contract/models.ts";
import { markVectorsComplete } from "../../store/files.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import {
  activateIndexModel,
  activeIndexModel,
  buildingIndexModel,
  forgetBuilding,
  startIndexModel,
} from "../../store/index-models.ts";
import { countPassages } from "../../store/words.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Indexer } from "./indexer.ts";
import { countMissing, orphanVectors, type IndexedModel } from "./indexer-vectors.ts";
import type { Retriever } from "../search/retriever.ts";

export interface IndexModelDeps {
  readonly db: WriteDb;
  readonly indexer: Indexer;
  readonly openVectors: (fingerprint: string, dimension: number) => IndexedModel["vectors"];
  readonly dropVectors: (fingerprint: string) => void;
  readonly makeRetriever: (model: IndexedModel | null) => Retriever;
  readonly modelsChanged: () => void;
  readonly embedderUnused: (embedder: Embedder) => void;
}

/** Which embedding model the library is searched with, and which one an index is being built for. */
export interface IndexModels {
  readonly active: IndexedModel | null;
  readonly building: IndexedModel | null;
  readonly retriever: Retriever;
  /** The model ids the database knows: which embedders to open before `use`. */
  known(): { active: string | null; building: string | null };
  /**
   * Searches with this model. Where vectors of another one are in use (and its embedder is given
   * too), the new index is built beside it and switched to when whole; till then the old one serves.
   */
  use(wanted: Embedder | null, inUse?: Embedder | null): Promise<void>;
  build(): IndexBuild | null;
  /** The index being built is whole. */
  switchTo(model: IndexedModel): Promise<void>;
}

/** See `IndexModels`. */
export function makeIndexModels(deps: IndexModelDeps): IndexModels {
  const { db, indexer } = deps;
  let active: IndexedModel | null = null;
  let building: IndexedModel | null = null;
  let retriever = deps.makeRetriever(null);

  async function open(embedder: Embedder): Promise<IndexedModel> {
    const vectors = deps.openVectors(embedder.fingerprint, embedder.dimension);
    // A kill between removing passages and their vectors leaves vectors of nothing.
    const orphans = orphanVectors(db, embedder.fingerprint);
    if (orphans.length > 0) await vectors.removePassages(orphans);
    return { embedder, vectors };
  }

  function rowOf({ embedder, vectors }: IndexedModel): {
    fingerprint: string;
    modelId: string;
    dimension: number;
  } {
    return { fingerprint: vectors.fingerprint, modelId: embedder.modelId, dimension: vectors.dimension };
  }

  function serve(next: IndexedModel | null, beside: IndexedModel | null): void {
    active = next;
    building = beside;
    retriever = deps.makeRetriever(next);
    indexer.setModels({ active, building });
    deps.modelsChanged();
  }

  async function switchTo(model: IndexedModel): Promise<void> {
    const before = active;
    const forgotten = inTransaction(db, () => {
      const old = activateIndexModel(db, rowOf(model));
      if (countMissing(db, model.vectors.fingerprint) === 0)
        markVectorsComplete(db, model.vectors.fingerprint);
      return old;
    });
    serve(model, null);
    await before?.vectors.close();
    if (before && before.embedder !== model.embedder) deps.embedderUnused(before.embedder);
    if (forgotten) deps.dropVectors(forgotten.fingerprint);
  }

  function giveUpBuilding(): void {
    const given = forgetBuilding(db);
    if (!given) return;
    building = null;
    indexer.setModels({ active, building });
    deps.dropVectors(given.fingerprint);
  }

  return {
    get active() {
      return active;
    },
    get building() {
      return building;
    },
    get retriever() {
      return retriever;
    },
    known: () => ({
      active: activeIndexModel(db)?.modelId ?? null,
      building: buildingIndexModel(db)?.modelId ?? null,
    }),
    use: async (wanted, inUse = null) => {
      if (!wanted) return serve(null, null);
      const stored = activeIndexModel(db);
      if (buildingIndexModel(db)?.fingerprint !== wanted.fingerprint) giveUpBuilding();
      const model = await open(wanted);
      const old = active ?? (inUse && stored?.fingerprint === inUse.fingerprint ? await open(inUse) : null);
      const isSame = stored?.fingerprint === wanted.fingerprint;
      if (isSame) return serve(model, null);
      if (!stored || !old || (await old.vectors.count()) === 0) {
        activateIndexModel(db, rowOf(model));
        if (stored) deps.dropVectors(stored.fingerprint);
        return serve(model, null);
      }
      startIndexModel(db, rowOf(model));
      serve(old, model);
    },
    build: () => {
      if (!building) return null;
      const total = countPassages(db);
      const embedded = Math.max(0, total - countMissing(db, building.vectors.fingerprint));
      return { modelId: building.embedder.modelId, embedded, total };
    },
    switchTo,
  };
}
