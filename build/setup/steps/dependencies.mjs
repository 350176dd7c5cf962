// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { keyOf } from "../checksums.mjs";
import { runNpm } from "../command.mjs";
import { readJson, writeJson } from "../json-file.mjs";
import { isSameTree } from "../lockfile.mjs";
import { inProject } from "../paths.mjs";
import { SetupError } from "../setup-error.mjs";

// Inside node_modules, so that it goes when they go.
const stamp = inProject("node_modules", ".qwill-dependencies.json");
const lockfile = inProject("package-lock.json");
const key = () => keyOf(readFileSync(lockfile, "utf8"));

/** Exactly what package-lock.json names; no install script runs here. @type {import("../run-steps.mjs").Step} */
export const dependenciesStep = {
  name: "Dependencies",
  isDone: () => {
    if (readJson(stamp)?.key === key()) return true;
    // Someone ran `npm install` themselves: the tree may already be right.
    const installed = readJson(inProject("node_modules", ".package-lock.json"));
    if (installed === undefined || !isSameTree(readJson(lockfile), installed)) return false;
    writeJson(stamp, { key: key() });
    return true;
  },
  run: async (log) => {
    // On Windows `npm ci` cannot remove the Node that may be running this.
    const isWindows = process.platform === "win32";
    const command = isWindows && existsSync(inProject("node_modules")) ? "install" : "ci";
    log(`npm ${command}, without install scripts (about 1 GB)`);
    const outcome = await runNpm(
      [
        command,
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        ...(command === "install" ? ["--no-save"] : []),
      ],
      { timeoutSeconds: 1800 },
    );
    if (outcome.code !== 0) {
      throw new SetupError(
        `npm could not install the dependencies:\n${outcome.output.trim().split("\n").slice(-12).join("\n")}`,
        "Connect to the internet, or set `registry` in your own .npmrc to a mirror that you can reach, and run the same command again.",
      );
    }
    writeJson(stamp, { key: key() });
  },
};
