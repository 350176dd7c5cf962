import { totalmem } from "node:os";
import { join } from "node:path";
import { AppError } from "../contract/errors.ts";
import type { DownloadProgress, ModelRow } from "../contract/models.ts";
import { embeddingCatalogue } from "./embedding-catalogue.ts";
import { modelBytes, type CatalogueRow } from "./catalogue.ts";
import { downloadModel, type ModelFetch } from "./download.ts";
import { generationCatalogue } from "./generation-catalogue.ts";
import { importModel } from "./import.ts";
import { listImported, removeModel } from "./imported.ts";
import { verifyModel } from "./verify.ts";
import type { LiveSettings } from "../contract/settings.ts";

/** The models of this machine, whichever process runs them. */
export interface Models {
  list(signal: AbortSignal): Promise<ModelRow[]>;
  use(kind: ModelRow["kind"], modelId: string | null, signal: AbortSignal): Promise<void>;
  /** Takes a model from a person's file or folder; its id. */
  import(path: string, signal: AbortSignal): Promise<string>;
  /** Deletes its files; the model of the index in use stays (`not-allowed`). */
  remove(modelId: string, signal: AbortSignal): Promise<void>;
  download(modelId: string, signal: AbortSignal): AsyncIterable<DownloadProgress>;
  /** The file of an installed language model. Throws `model-missing` or `model-damaged`. */
  generationFile(modelId: string, signal: AbortSignal): Promise<string>;
}

/** The library's own say over the model that it is searched with. */
export interface SearchModelSwitch {
  /** Builds the index of this model beside the one in use, and switches to it when it is whole. */
  use(modelId: string, signal: AbortSignal): Promise<void>;
  /** Ids of the models whose files must stay: the one in use and the one an index is built for. */
  inUse(signal: AbortSignal): Promise<readonly string[]>;
}

export interface ModelsOptions {
  /** Looked at in order; the first is the one that is written to. */
  readonly folders: readonly [string, ...string[]];
  /** Where models are downloaded from. */
  readonly hub: string;
  readonly fetch: (modelId: string) => ModelFetch;
  readonly settings: LiveSettings;
  readonly searchModel: SearchModelSwitch;
  /** Lets go of whatever language model is loaded: some systems delete no file that is in use. */
  readonly unloadLanguageModel: () => Promise<void>;
  readonly changed: () => void;
}

const catalogue: readonly CatalogueRow[] = [...embeddingCatalogue, ...generationCatalogue];

export function makeModels(options: ModelsOptions): Models {
  const { folders, settings, searchModel } = options;
  const own = folders[0];
  const downloading = new Set<string>();

  const allRows = async (): Promise<readonly CatalogueRow[]> => [...catalogue, ...(await listImported(own))];

  async function rowOf(modelId: string): Promise<CatalogueRow> {
    const row = (await allRows()).find((one) => one.id === modelId);
    if (!row) throw new AppError("model-missing", { facts: { model: modelId } });
    return row;
  }

  /** Where a row's files lie whole, or why nowhere. */
  async function find(
    row: CatalogueRow,
    signal: AbortSignal,
  ): Promise<{ folder: string } | "missing" | "damaged"> {
    let worst: "missing" | "damaged" = "missing";
    for (const parent of folders) {
      const folder = join(parent, row.id);
      const { state } = await verifyModel(row, folder, signal);
      if (state === "installed") return { folder };
      if (state === "damaged") worst = "damaged";
    }
    return worst;
  }

  async function toRow(row: CatalogueRow, signal: AbortSignal): Promise<ModelRow> {
    const found = downloading.has(row.id) ? "downloading" : await find(row, signal);
    const { embeddingModel, generationModel } = settings.current();
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      licence: row.licence,
      languages: [...row.languages],
      bytes: modelBytes(row),
      memory: row.memory,
      dimension: embeddingCatalogue.find((one) => one.id === row.id)?.dimension ?? null,
      longestInput: row.longestInput,
      state: typeof found === "string" ? found : "installed",
      active: row.id === (row.kind === "embedding" ? embeddingModel : generationModel),
      imported: !catalogue.includes(row),
      fits: row.memory * 2 ** 20 < totalmem(),
    };
  }

  async function generationFile(modelId: string, signal: AbortSignal): Promise<string> {
    const row = await rowOf(modelId);
    const file = row.files[0];
    if (row.kind !== "generation" || !file)
      throw new AppError("model-not-supported", { facts: { model: modelId } });
    const found = await find(row, signal);
    if (typeof found === "string") throw new AppError(`model-${found}`, { facts: { model: modelId } });
    return join(found.folder, file.path);
  }

  /** The wanted search model may just have come: take it up without being asked again. */
  async function takeUp(row: CatalogueRow, signal: AbortSignal): Promise<void> {
    if (row.kind === "embedding" && row.id === settings.current().embeddingModel) {
      await searchModel.use(row.id, signal);
    }
    options.changed();
  }

  return {
    list: async (signal) => Promise.all((await allRows()).map((row) => toRow(row, signal))),
    use: async (kind, modelId, signal) => {
      if (kind === "generation") {
        if (modelId !== null) await generationFile(modelId, signal);
        settings.update({ generationModel: modelId });
      } else {
        if (modelId === null) throw new AppError("bad-request");
        await searchModel.use(modelId, signal);
        settings.update({ embeddingModel: modelId });
      }
      options.changed();
    },
    import: async (path, signal) => {
      const modelId = await importModel(path, catalogue, own, signal);
      await takeUp(await rowOf(modelId), signal);
      return modelId;
    },
    remove: async (modelId, signal) => {
      const row = await rowOf(modelId);
      if ((await searchModel.inUse(signal)).includes(modelId)) throw new AppError("not-allowed");
      if (settings.current().generationModel === modelId) settings.update({ generationModel: null });
      if (row.kind === "generation") await options.unloadLanguageModel();
      await removeModel(own, row.id);
      options.changed();
    },
    download: async function* (modelId, signal) {
      const row = await rowOf(modelId);
      if (downloading.has(modelId)) throw new AppError("bad-request");
      downloading.add(modelId);
      options.changed();
      try {
        yield* downloadModel(
          row,
          join(own, row.id),
          { fetch: options.fetch(modelId), hub: options.hub },
          signal,
        );
        downloading.delete(modelId);
        await takeUp(row, signal);
      } finally {
        if (downloading.delete(modelId)) options.changed();
      }
    },
    generationFile,
  };
}
