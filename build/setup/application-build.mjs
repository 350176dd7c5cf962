// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeJson } from "./json-file.mjs";
import { inProject } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";
import { buildStage, runStage } from "./stages.mjs";

const stamp = inProject("out", "build-stamp.json");
const sources = [
  "core",
  "electron",
  "renderer",
  "package.json",
  "package-lock.json",
  "build/page",
  "electron.vite.config.ts",
  "tsconfig.json",
];

/** Builds the application, unless nothing it is made of changed since the last time. */
export async function ensureBuilt() {
  const key = sourceKey();
  if (readJson(stamp)?.key === key && existsSync(inProject("out", "main", "index.js"))) return;
  const code = await runStage(buildStage());
  if (code !== 0)
    throw new SetupError("The build failed.", "See the messages above; `npm run check` may say more.");
  writeJson(stamp, { key });
}

/** Names, sizes and times of the sources: cheap, and a false alarm costs only one build. */
function sourceKey() {
  const hash = createHash("sha256");
  const walk = (/** @type {string} */ path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isDirectory()) {
      hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) walk(join(path, name));
  };
  for (const source of sources) walk(inProject(source));
  return hash.digest("hex");
}
