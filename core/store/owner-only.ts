import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What Qwill writes into its data folder itself; models are public, and the window's runtime keeps its own folder. */
const ours = /^(library|keys|settings|window)(\.|$)/u;

/**
 * Closes a data folder, and in it everything that is Qwill's, to everybody but its owner: also what an older Qwill, a
 * restored backup or a copy left open. New files are made that way. On Windows a person's own folders are so anyhow.
 */
export function closeToOthers(dataFolder: string): void {
  if (process.platform === "win32") return;
  close(dataFolder);
  for (const name of readdirSync(dataFolder)) if (ours.test(name)) closeAll(join(dataFolder, name));
}

function closeAll(path: string): void {
  if (close(path) === "folder") for (const name of readdirSync(path)) closeAll(join(path, name));
}

function close(path: string): "file" | "folder" {
  const found = statSync(path, { throwIfNoEntry: false });
  const kind = found?.isDirectory() ? "folder" : "file";
  // Gone meanwhile, or closed already.
  if (!found || (found.mode & 0o077) === 0) return kind;
  try {
    chmodSync(path, kind === "folder" ? 0o700 : 0o600);
  } catch (error) {
    // A folder that is another's, or a disk that knows no modes: what is in it is encrypted all the same.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EPERM" && code !== "ENOENT" && code !== "ENOTSUP" && code !== "EROFS") throw error;
  }
  return kind;
}
