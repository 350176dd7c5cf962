import { isCancel } from "../../contract/errors.ts";
import type { IndexBuild } from "../../contract/models.ts";
import { countFiles } from "../../store/file-counts.ts";
import { markVectorsComplete } from "../../store/file-queue.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import {
  activateIndexModel,
  activeIndexModel,
  buildingIndexModel,
  forgetBuilding,
  startIndexModel,
} from "../../store/index-models.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { SearchIndex, VectorIndex } from "../index/search-index.ts";
import type { Retriever } from "../search/retriever.ts";
import type { Indexer } from "./indexer.ts";
import type { IndexedModel } from "./indexer-vectors.ts";

export interface IndexModelDeps {
  readonly db: WriteDb;
  readonly index: SearchIndex;
  readonly indexer: Pick<Indexer, "setModels">;
  readonly makeRetriever: (model: IndexedModel | null) => Retriever;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly modelsChanged: () => void;
  readonly embedderUnused: (embedder: Embedder) => void;
  /** What was left of another model could not be deleted; it is tried again at the next start. */
  readonly failed: (error: unknown) => void;
}

/** Which embedding model the library is searched with, and which one an index is being built for. */
export interface IndexModels {
  readonly active: IndexedModel | null;
  readonly building: IndexedModel | null;
  /** Searches with whichever model is active; a search that a switch overtook is asked again. */
  readonly retriever: Retriever;
  /** The model ids the database knows: which embedders to open before `use`. */
  known(): { active: string | null; building: string | null };
  /**
   * Searches with this model. Where vectors of another one are in use (and its embedder is given
   * too), the new index is built beside it and switched to when whole; till then the old one serves.
   * Calls run one after another; each resolves once it serves, and what it left is deleted after it.
   */
  use(wanted: Embedder | null, inUse?: Embedder | null): Promise<void>;
  build(): Promise<IndexBuild | null>;
  /** The index being built is whole. */
  switchTo(model: IndexedModel): Promise<void>;
  /** Resolves when no switch and no deleting is under way. */
  settled(): Promise<void>;
  /** Stops deleting, which goes on at the next start. */
  close(): Promise<void>;
}

/** See `IndexModels`. */
export function makeIndexModels(deps: IndexModelDeps): IndexModels {
  const { db, index, indexer } = deps;
  const controller = new AbortController();
  let active: IndexedModel | null = null;
  let building: IndexedModel | null = null;
  let current = deps.makeRetriever(null);
  /** Without vectors of nothing: only a kill, so only what was there before this start, makes them. */
  const looked = new WeakSet<VectorIndex>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  /** Deletes every model that no row names: a switch was interrupted before, or has just left it. */
  async function dropUnnamed(): Promise<void> {
    const named = new Set([activeIndexModel(db)?.fingerprint, buildingIndexModel(db)?.fingerprint]);
    for (const fingerprint of await index.fingerprints())
      if (!named.has(fingerprint)) await index.dropVectors(fingerprint, controller.signal);
  }

  /** What nobody waits for: models and vectors that nothing refers to. */
  function tidy(): void {
    inTurn(async () => {
      await dropUnnamed();
      for (const model of [active, building]) {
        if (!model || looked.has(model.vectors)) continue;
        await model.vectors.removeOrphans(controller.signal);
        looked.add(model.vectors);
      }
    }).catch((error: unknown) => {
      if (!isCancel(error)) deps.failed(error);
    });
  }

  /** One place in memory for each model: two would not see each other's writes. */
  async function open(embedder: Embedder): Promise<IndexedModel> {
    const { fingerprint, dimension } = embedder;
    const known = [active, building].find((model) => model?.vectors.fingerprint === fingerprint);
    if (known) return known.embedder === embedder ? known : { embedder, vectors: known.vectors };
    const isNamed = [activeIndexModel(db), buildingIndexModel(db)].some(
      (model) => model?.fingerprint === fingerprint,
    );
    // What a switch left half deleted must not pass for an index.
    if (!isNamed) await index.dropVectors(fingerprint, controller.signal);
    return { embedder, vectors: await index.openVectors(fingerprint, dimension) };
  }

  function rowOf({ embedder, vectors }: IndexedModel): {
    fingerprint: string;
    modelId: string;
    dimension: number;
  } {
    return { fingerprint: vectors.fingerprint, modelId: embedder.modelId, dimension: vectors.dimension };
  }

  /** From here on these two; the vectors of any other model are closed. */
  async function serve(next: IndexedModel | null, beside: IndexedModel | null): Promise<void> {
    const before = [active, building];
    active = next;
    building = beside;
    current = deps.makeRetriever(next);
    indexer.setModels({ active, building });
    deps.modelsChanged();
    const kept = new Set([next?.vectors, beside?.vectors]);
    for (const model of before) if (model && !kept.has(model.vectors)) await model.vectors.close();
  }

  async function switchTo(model: IndexedModel): Promise<void> {
    if (building !== model) return;
    const before = active;
    const checked = deps.now();
    const isWhole = (await model.vectors.countMissing()) === 0;
    inTransaction(db, () => {
      activateIndexModel(db, rowOf(model));
      if (isWhole) markVectorsComplete(db, model.vectors.fingerprint, checked);
    });
    await serve(model, null);
    if (before && before.embedder !== model.embedder) deps.embedderUnused(before.embedder);
  }

  async function use(wanted: Embedder | null, inUse: Embedder | null): Promise<void> {
    if (!wanted) return serve(null, null);
    const stored = activeIndexModel(db);
    const model = await open(wanted);
    const isSame = stored?.fingerprint === wanted.fingerprint;
    const old = active ?? (inUse && stored?.fingerprint === inUse.fingerprint ? await open(inUse) : null);
    if (isSame || !stored || !old || (await old.vectors.count()) === 0) {
      inTransaction(db, () => {
        forgetBuilding(db);
        if (!isSame) activateIndexModel(db, rowOf(model));
      });
      return serve(model, null);
    }
    startIndexModel(db, rowOf(model));
    return serve(old, model);
  }

  return {
    get active() {
      return active;
    },
    get building() {
      return building;
    },
    retriever: {
      search: async (request, signal) => {
        for (;;) {
          const asked = current;
          try {
            const result = await asked.search(request, signal);
            if (asked === current) return result;
          } catch (error) {
            // Its embedder and its vectors were closed under it.
            if (asked === current || signal.aborted) throw error;
          }
        }
      },
    },
    known: () => ({
      active: activeIndexModel(db)?.modelId ?? null,
      building: buildingIndexModel(db)?.modelId ?? null,
    }),
    use: async (wanted, inUse = null) => {
      const done = inTurn(async () => use(wanted, inUse));
      tidy();
      await done;
    },
    build: async () => {
      if (!building) return null;
      const { embedder, vectors } = building;
      const total = countFiles(db, null).passages;
      return { modelId: embedder.modelId, embedded: Math.min(total, await vectors.count()), total };
    },
    switchTo: async (model) => {
      const done = inTurn(async () => switchTo(model));
      tidy();
      await done;
    },
    settled: async () => void (await last),
    close: async () => {
      controller.abort();
      await last;
    },
  };
}
