// @ts-check
import { fetchModel, isModelThere } from "../model-folder.mjs";
import { inCache } from "../paths.mjs";
import { testModel } from "../pins.mjs";

const folder = inCache("models");

/** A small language model that only the tests use. @type {import("../run-steps.mjs").Step} */
export const testModelStep = {
  name: "Language model for tests",
  isDone: () => isModelThere(testModel, folder),
  run: (log) => fetchModel(testModel, folder, log),
};
