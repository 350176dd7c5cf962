import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { appOrigin } from "../ipc/sender.ts";

/** The file a URL means, or null for anything that is not inside the folder. Does not touch the disk. */
export function pathFor(url: string, folder: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol: scheme, host, pathname } = new URL(url);
  if (`${scheme}//${host}` !== appOrigin) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // A broken escape names no file of ours.
    return null;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return null;
  const path = join(folder, decoded === "/" ? "index.html" : decoded);
  return isInside(path, folder) ? path : null;
}

function isInside(path: string, folder: string): boolean {
  const rest = relative(folder, path);
  return rest !== "" && rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

/** A regular file reached through no symlink below the folder. */
export async function isPlainFile(path: string, folder: string): Promise<boolean> {
  try {
    if (!(await lstat(path)).isFile()) return false;
    const real = await realpath(path);
    return relative(await realpath(folder), real) === relative(folder, path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG";
}
