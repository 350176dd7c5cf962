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

/** Node for the tools (the `node` devDependency), whatever Node the user has. */
export const toolNode = inProject(
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);
