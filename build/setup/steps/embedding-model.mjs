// @ts-check
import { fetchModel, isModelThere } from "../model-folder.mjs";
import { inCache } from "../paths.mjs";
import { embeddingModel } from "../pins.mjs";

const folder = inCache("models", embeddingModel.name);

/** The default embedding model, for search by meaning. @type {import("../run-steps.mjs").Step} */
export const embeddingModelStep = {
  name: "Embedding model",
  isDone: () => isModelThere(embeddingModel, folder),
  run: (log) => fetchModel(embeddingModel, folder, log),
};
