// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../command.mjs";
import { readJson } from "../json-file.mjs";
import { inProject, toolNode } from "../paths.mjs";
import { SetupError } from "../setup-error.mjs";

/**
 * The install scripts on the committed list (`allowScripts` in package.json), of which there is one:
 * `node` fetches its binary for this platform. No other package's script runs.
 * @type {import("../run-steps.mjs").Step}
 */
export const toolNodeStep = {
  name: "Node for the tools",
  isDone: async () => existsSync(toolNode),
  run: async (log) => {
    for (const name of allowedScripts(readJson(inProject("package.json")))) await runScripts(name, log);
    const version = await runCommand(toolNode, ["--version"]);
    if (version.code !== 0) {
      throw new SetupError(
        `The Node of the tools does not start: ${version.output.trim()}`,
        "Delete node_modules and run the same command again; on an unusual platform install Node 24 yourself.",
      );
    }
    return version.output.trim();
  },
};

/**
 * @param {{ allowScripts?: Record<string, boolean> }} manifest
 * @returns {string[]} packages whose install scripts may run
 */
export function allowedScripts(manifest) {
  return Object.entries(manifest.allowScripts ?? {}).flatMap(([name, isAllowed]) => (isAllowed ? [name] : []));
}

/**
 * @param {string} name
 * @param {(line: string) => void} log
 */
async function runScripts(name, log) {
  const folder = inProject("node_modules", name);
  const scripts = readJson(join(folder, "package.json"))?.scripts ?? {};
  for (const stage of ["preinstall", "install", "postinstall"]) {
    if (scripts[stage] === undefined) continue;
    log(`${stage} script of ${name}`);
    const outcome = await runCommand(scripts[stage], [], { cwd: folder, shell: true, timeoutSeconds: 900 });
    if (outcome.code !== 0) {
      throw new SetupError(
        `The ${stage} script of ${name} failed: ${outcome.output.trim().split("\n").slice(-5).join("\n")}`,
        `Connect to the internet and run the same command again.`,
      );
    }
  }
}
