// @ts-check
import { existsSync } from "node:fs";
import { runCommand } from "../command.mjs";
import { readJson, writeJson } from "../json-file.mjs";
import { inCache, toolNode } from "../paths.mjs";
import { SetupError } from "../setup-error.mjs";

const stamp = inCache("stamps", "tool-node.json");

/** A Node that the tools and the database's prebuilt binary run on. @type {import("../run-steps.mjs").Step} */
export const toolNodeStep = {
  name: "Node for the tools",
  isDone: async () => existsSync(toolNode) && readJson(stamp)?.path === toolNode,
  run: async () => {
    const outcome = await runCommand(toolNode, ["--version"]);
    const version = outcome.output.trim();
    if (outcome.code !== 0 || !isRecent(version)) {
      throw new SetupError(
        `The tools need Node 22.18 or newer, and ${toolNode} says: ${version}.`,
        "Install Node 24 (nodejs.org, or `nvm install`, which reads .nvmrc) and run the same command with it. " +
          "No ready-made Node comes with the dependencies on this platform.",
      );
    }
    writeJson(stamp, { path: toolNode, version });
    return version;
  },
};

/**
 * The linter's settings are TypeScript, which Node reads from 22.18 and 23.6 on.
 * @param {string} version as `node --version` says it
 */
export function isRecent(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}
