// @ts-check
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram, runToolNode, toolEnvironment } from "./command.mjs";
import { ensurePackages } from "./debian.mjs";
import { inProject, toolNode } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Builds better-sqlite3-multiple-ciphers for an Electron that has only N-API 9, in a copy of the package.
 * @param {string} packageFolder
 * @param {string} work a folder of its own, emptied first
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the built binary
 */
export async function buildForOldElectron(packageFolder, work, log) {
  await ensureCompiler(log);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "node_modules"), { recursive: true });
  cpSync(packageFolder, work, { recursive: true });
  cpSync(inProject("node_modules", "node-addon-api"), join(work, "node_modules", "node-addon-api"), {
    recursive: true,
  });
  const gyp = join(work, "binding.gyp");
  writeFileSync(gyp, useExperimentalApi(readFileSync(gyp, "utf8")));
  log("compiling, 1 to 2 minutes");
  const started = Date.now();
  const heartbeat = setInterval(
    () => log(`compiling, ${Math.round((Date.now() - started) / 1000)} s`),
    20_000,
  );
  const headers = nodeHeaders();
  const outcome = await runToolNode(
    [
      inProject("node_modules", "node-gyp", "bin", "node-gyp.js"),
      "rebuild",
      "--release",
      "--force_build=1",
      ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
    ],
    { cwd: work, env: { ...toolEnvironment(), JOBS: "max" } },
  ).finally(() => clearInterval(heartbeat));
  if (outcome.code !== 0) {
    throw new SetupError(
      `The database could not be compiled: ${outcome.output.trim().split("\n").slice(-6).join("\n")}`,
      "Check that g++ 10 or newer, make and python3 are installed, then run the same command again. " +
        "With an internet connection Electron's own release is used, and nothing is compiled.",
    );
  }
  return join(work, "build", "Release", "better_sqlite3.node");
}

/**
 * N-API 10's functions were experimental in Node 20, under the same names.
 * @param {string} gyp
 */
export function useExperimentalApi(gyp) {
  const defines = [
    "NAPI_EXPERIMENTAL",
    "NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT",
    "NODE_API_EXPERIMENTAL_NO_WARNING",
  ];
  const changed = gyp.replace("'NAPI_VERSION=10'", defines.map((name) => `'${name}'`).join(", "));
  if (changed === gyp)
    throw new Error("binding.gyp no longer names NAPI_VERSION=10: look at the new release");
  return changed;
}

/** @param {(line: string) => void} log */
async function ensureCompiler(log) {
  const missing = ["g++", "make", "python3"].filter((name) => findProgram(name) === undefined);
  if (missing.length === 0 || (await ensurePackages(missing, log))) return;
  throw new SetupError(
    `The database must be compiled for this Electron, and ${missing.join(", ")} is missing.`,
    "Debian, Ubuntu: sudo apt-get install g++ make python3; Fedora: sudo dnf install gcc-c++ make python3; " +
      "Arch: sudo pacman -S base-devel python. With an internet connection nothing is compiled.",
  );
}

/** Node's headers beside the tools' Node, so that node-gyp downloads none; N-API is the same in all of them. */
function nodeHeaders() {
  const folders = [dirname(dirname(toolNode)), dirname(dirname(process.execPath)), "/usr"];
  return folders.find((folder) => existsSync(join(folder, "include", "node", "node_api.h")));
}
