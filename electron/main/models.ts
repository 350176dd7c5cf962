import { totalmem } from "node:os";
import { join } from "node:path";
import { AppError } from "../../core/contract/errors.ts";
import type { ModelRow } from "../../core/contract/models.ts";
import type { StreamHandlers } from "../../core/contract/routes.ts";
import { embeddingCatalogue } from "../../core/rag/models/embedding-catalogue.ts";
import { modelBytes, type CatalogueRow } from "../../core/store/models/catalogue.ts";
import { generationCatalogue } from "../../core/store/models/generation-catalogue.ts";
import { verifyModel } from "../../core/store/models/verify.ts";
import type { Library } from "./library.ts";
import type { SettingsFile } from "./settings-file.ts";

/** The models of this machine, whichever process runs them. */
export interface Models {
  list(signal: AbortSignal): Promise<ModelRow[]>;
  use(kind: ModelRow["kind"], modelId: string | null, signal: AbortSignal): Promise<void>;
  /** The file of an installed language model. Throws `model-missing` or `model-damaged`. */
  generationFile(modelId: string, signal: AbortSignal): Promise<string>;
  readonly download: StreamHandlers["models.download"];
}

export interface ModelsOptions {
  /** Looked at in order; the first is the one that may be written to. */
  readonly folders: readonly string[];
  readonly settings: SettingsFile;
  readonly library: Library;
}

const catalogue: readonly CatalogueRow[] = [...embeddingCatalogue, ...generationCatalogue];

export function makeModels(options: ModelsOptions): Models {
  const { folders, settings, library } = options;

  /** Where a row's files lie whole; null when nowhere. */
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
    const found = await find(row, signal);
    const { embeddingModel, generationModel } = settings.current();
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      licence: row.licence,
      languages: [...row.languages],
      bytes: modelBytes(row),
      memory: row.memory,
      dimension: dimensionOf(row.id),
      longestInput: row.longestInput,
      state: typeof found === "string" ? found : "installed",
      active: row.id === (row.kind === "embedding" ? embeddingModel : generationModel),
      imported: false,
      fits: row.memory * 2 ** 20 < totalmem(),
    };
  }

  return {
    list: (signal) => Promise.all(catalogue.map((row) => toRow(row, signal))),
    use: async (kind, modelId, signal) => {
      if (kind === "generation") {
        if (modelId !== null) await generationFile(modelId, signal);
        settings.update({ generationModel: modelId });
        return;
      }
      if (modelId === null) throw new AppError("bad-request");
      await library.request("models.use-embedding", { modelId }, signal);
      settings.update({ embeddingModel: modelId });
    },
    generationFile,
    download: async function* () {
      throw new AppError("egress-refused");
    },
  };

  async function generationFile(modelId: string, signal: AbortSignal): Promise<string> {
    const row = generationCatalogue.find((candidate) => candidate.id === modelId);
    const file = row?.files[0];
    if (row === undefined || file === undefined)
      throw new AppError("model-missing", { facts: { model: modelId } });
    const found = await find(row, signal);
    if (typeof found === "string") throw new AppError(`model-${found}`, { facts: { model: modelId } });
    return join(found.folder, file.path);
  }
}

function dimensionOf(modelId: string): number | null {
  return embeddingCatalogue.find((row) => row.id === modelId)?.dimension ?? null;
}
