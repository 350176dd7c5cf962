import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AppError } from "../../core/contract/errors.ts";
import { generationCatalogue } from "../../core/store/models/generation-catalogue.ts";

/** A language model's file on this device. */
export interface GenerationFile {
  readonly modelId: string;
  readonly path: string;
}

/** Finds a model by its file, or by its id in the catalogue among the model folders. Else `model-missing`. */
export function findGenerationModel(name: string, folders: readonly string[]): GenerationFile {
  if (name.endsWith(".gguf") && existsSync(name)) {
    return { modelId: basename(name, ".gguf"), path: resolve(name) };
  }
  const file = generationCatalogue.find((row) => row.id === name)?.files[0]?.path;
  const candidates = folders.flatMap((folder) => [
    ...(file === undefined ? [] : [join(folder, name, file)]),
    join(folder, `${name}.gguf`),
    join(folder, name, `${name}.gguf`),
  ]);
  const path = candidates.find((one) => existsSync(one));
  if (path === undefined) throw new AppError("model-missing", { facts: { model: name } });
  return { modelId: name, path };
}
