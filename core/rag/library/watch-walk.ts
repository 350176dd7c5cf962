import type { Stats } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file found in a folder. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** Unix milliseconds. */
  readonly modifiedAt: number;
}

export interface Walk {
  readonly files: readonly FoundFile[];
  /** Subfolders that could not be looked into: what is known of them is kept. */
  readonly unreadable: readonly string[];
  /** The file system the folder is on. */
  readonly device: string;
}

/** Names that no one means when they add a folder. */
export function isIgnored(name: string): boolean {
  return name.startsWith(".") || name.startsWith("~$") || name === "node_modules";
}

/**
 * All readable files under a folder; null when the folder itself cannot be reached. Hidden files and
 * linked folders are left out (a link may lead round in a circle or out of the folder); linked files count.
 */
export async function walkFolder(
  root: string,
  isReadable: (path: string) => boolean,
  signal: AbortSignal,
): Promise<Walk | null> {
  const facts = await statOrNull(root);
  if (!facts?.isDirectory()) return null;
  const files: FoundFile[] = [];
  const unreadable: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    try {
      for await (const entry of await opendir(folder)) {
        if (isIgnored(entry.name)) continue;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else if ((entry.isFile() || entry.isSymbolicLink()) && isReadable(path)) {
          const found = await lookAt(path);
          if (found) files.push(found);
        }
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      if (folder === root) return null;
      unreadable.push(folder);
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, unreadable, device: String(facts.dev) };
}

/** A file as it lies on the disk now; null when it cannot be reached. */
export async function lookAt(path: string): Promise<FoundFile | null> {
  const facts = await statOrNull(path);
  return facts?.isFile() ? { path, bytes: facts.size, modifiedAt: facts.mtimeMs } : null;
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
