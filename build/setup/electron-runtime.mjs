// @ts-check
import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { readJson, writeJson } from "./json-file.mjs";
import { inCache, inProject, projectRoot } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * @typedef {object} ElectronRuntime
 * @property {string} path the executable
 * @property {string} version of Electron
 * @property {"official" | "registry"} source `registry`: for tests and a first look only, never packaged
 * @property {string} pin what it was made from; another pin fetches again
 * @property {string} checkedAt when the official download was last tried
 */

const file = inCache("electron", "runtime.json");

/**
 * A checkout that was moved or copied would start the runtime, and with it the application, of its old place.
 * @returns {ElectronRuntime | undefined} undefined where set-up has not run
 */
export function readElectronRuntime() {
  const runtime = readJson(file);
  const isOurs = runtime?.path.startsWith(projectRoot + sep) === true && existsSync(runtime.path);
  return isOurs ? runtime : undefined;
}

/** @param {ElectronRuntime} runtime */
export const writeElectronRuntime = (runtime) => writeJson(file, runtime);

/** Where npm's `electron` puts the runtime that it downloads. */
export function officialRuntimePath() {
  const folder = inProject("node_modules", "electron", "dist");
  if (process.platform === "darwin") return join(folder, "Electron.app/Contents/MacOS/Electron");
  return join(folder, process.platform === "win32" ? "electron.exe" : "electron");
}

/**
 * How to launch the built application: used by start, the end-to-end tests and the benchmarks.
 * The registry runtime finds the application at its own resources/app, the official one by argument.
 * @param {{ appArguments?: string[] }} [options]
 * @returns {{ executablePath: string, args: string[], runtime: ElectronRuntime }}
 */
export function electronCommand(options = {}) {
  const runtime = readElectronRuntime();
  if (runtime === undefined) {
    throw new SetupError("The Electron runtime is missing.", "Run: npm run setup");
  }
  const args = [
    ...(runtime.source === "official" ? [projectRoot] : []),
    ...(needsNoSandbox() ? ["--no-sandbox"] : []),
    ...(options.appArguments ?? []),
  ];
  return { executablePath: runtime.path, args, runtime };
}

/** Chromium's sandbox refuses to start as root on Linux. */
export const needsNoSandbox = () => process.platform === "linux" && process.getuid?.() === 0;
