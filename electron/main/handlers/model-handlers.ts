import { dialog, type BrowserWindow, type OpenDialogOptions } from "electron";
import type { Handlers, StreamHandlers } from "../../../core/contract/routes.ts";
import { embeddingCatalogue } from "../../../core/models/embedding-catalogue.ts";
import type { Models } from "../../../core/models/models.ts";
import type { NativeTexts } from "../native-texts.ts";

export interface ModelDeps {
  readonly models: Models;
  readonly window: () => BrowserWindow | null;
  readonly words: () => NativeTexts;
}

/** Requests about models. */
export function modelHandlers(
  deps: ModelDeps,
): Pick<Handlers, "models.list" | "models.import" | "models.remove" | "models.use"> {
  const { models } = deps;

  /** A search model is a folder, a language model one file; only macOS offers both in one dialog. */
  function dialogFor(modelId: string | undefined): OpenDialogOptions {
    const words = deps.words();
    const isFolder = embeddingCatalogue.some((row) => row.id === modelId);
    if (isFolder) return { title: words.importModel, properties: ["openDirectory"] };
    return {
      title: words.importModel,
      properties: process.platform === "darwin" ? ["openFile", "openDirectory"] : ["openFile"],
      filters: [
        { name: words.modelFiles, extensions: ["gguf"] },
        { name: words.allFiles, extensions: ["*"] },
      ],
    };
  }

  return {
    "models.list": (_input, signal) => models.list(signal),
    "models.import": async ({ modelId }, signal) => {
      const window = deps.window();
      const options = dialogFor(modelId);
      const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      const path = answer.filePaths[0];
      return { modelId: answer.canceled || path === undefined ? null : await models.import(path, signal) };
    },
    "models.remove": async ({ modelId }, signal) => {
      await models.remove(modelId, signal);
      return undefined;
    },
    "models.use": async ({ modelId, kind }, signal) => {
      await models.use(kind, modelId, signal);
      return undefined;
    },
  };
}

export function downloadHandler(models: Models): StreamHandlers["models.download"] {
  return ({ modelId }, signal) => models.download(modelId, signal);
}
