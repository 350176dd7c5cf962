// @ts-check
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { keyOf } from "../checksums.mjs";
import { runCommand } from "../command.mjs";
import { readElectronRuntime } from "../electron-runtime.mjs";
import { readJson, writeJson } from "../json-file.mjs";
import { buildForOldElectron } from "../native-build.mjs";
import { inCache, inProject, projectRoot } from "../paths.mjs";

const packageFolder = inProject("node_modules", "better-sqlite3-multiple-ciphers");
const nativeFile = inCache("native", "native.json");

/**
 * The encrypted database inside Electron. Its prebuilt binary needs N-API 10 (Electron 35); for an older
 * Electron it is built here. The application reads which to open from `.cache/native/native.json`:
 * `{"electron": {"version", "better-sqlite3": path | null}}`, null meaning the prebuilt one.
 * @type {import("../run-steps.mjs").Step}
 */
export const nativeDatabaseStep = {
  name: "Database for Electron",
  isDone: () => {
    const noted = readJson(nativeFile)?.electron;
    const wanted = wantedBinary();
    if (noted === undefined || noted.version !== readElectronRuntime()?.version) return false;
    return noted["better-sqlite3"] === wanted && (wanted === null || existsSync(wanted));
  },
  run: async (log) => {
    const runtime = readElectronRuntime();
    if (runtime === undefined) throw new Error("The Electron runtime comes first");
    const wanted = wantedBinary();
    if (wanted !== null && !existsSync(wanted)) {
      const built = await buildForOldElectron(packageFolder, inCache("native", "building"), log);
      mkdirSync(dirname(wanted), { recursive: true });
      copyFileSync(built, `${wanted}.partial.node`);
      await checkLoads(runtime.path, `${wanted}.partial.node`);
      renameSync(`${wanted}.partial.node`, wanted);
      rmSync(inCache("native", "building"), { recursive: true, force: true });
    }
    writeJson(nativeFile, { electron: { version: runtime.version, "better-sqlite3": wanted } });
    return wanted === null ? "prebuilt" : `built for Electron ${runtime.version}`;
  },
};

/** @returns {string | null} null where the prebuilt binary serves */
function wantedBinary() {
  const runtime = readElectronRuntime();
  const major = Number(runtime?.version.split(".")[0]);
  if (runtime === undefined || major >= 35) return null;
  const { version } = readJson(join(packageFolder, "package.json"));
  const key = keyOf(version, runtime.version, process.arch).slice(0, 12);
  return inCache("native", `better-sqlite3-electron-${major}-${key}`, "better_sqlite3.node");
}

/**
 * Opens an encrypted database in Electron's own Node, before the binary is taken into use.
 * @param {string} electron
 * @param {string} binary
 */
async function checkLoads(electron, binary) {
  const code = `const Database = require("better-sqlite3-multiple-ciphers");
    const db = new Database(":memory:", { nativeBinding: process.argv[1] });
    db.exec("create virtual table t using fts5(x); insert into t values ('qwill')");
    if (db.prepare("select count(*) as n from t('qwill')").get().n !== 1) process.exit(1);`;
  const outcome = await runCommand(electron, ["-e", code, binary], {
    cwd: projectRoot,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    timeoutSeconds: 60,
  });
  if (outcome.code !== 0) throw new Error(`The built database does not load: ${outcome.output}`);
}
