import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** The file's JSON; undefined where it is missing, null where it is not JSON. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    // A broken file is the caller's to set aside, not a fault of this one.
    return null;
  }
}

/** Replaces the file as a whole: after a crash it holds the old or the new text, never a part. */
export function writeJson(path: string, value: unknown): void {
  const partial = `${path}.${process.pid}.new`;
  const file = openSync(partial, "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}
