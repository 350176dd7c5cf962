import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** The file's JSON; undefined where it is missing, null where it is not JSON or cannot be read (a folder, no right). */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    // What cannot be used is the caller's to set aside, not a fault of this one.
    return null;
  }
}

/** Moves what cannot be used out of the way and says where it is now; where the system refuses, it stays. */
export function setAside(path: string): string {
  const aside = `${path}.damaged-${Date.now()}`;
  try {
    renameSync(path, aside);
    return aside;
  } catch {
    // Starting without it matters more; writing to its place will tell the same reason.
    return path;
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
