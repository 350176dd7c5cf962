import type { Dirent, Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { otherWork } from "../index/other-work.ts";

/** A file found in a folder. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** Unix milliseconds, with the file system's fraction. */
  readonly modifiedAt: number;
  /** See `inodeOf`. */
  readonly inode: number | null;
}

export interface Walk {
  /** By path. */
  readonly files: readonly FoundFile[];
  /** Subfolders that could not be looked into: what is known of them is kept. */
  readonly unreadable: readonly string[];
  /** The file system the folder is on. */
  readonly device: string;
}

/** Called before a directory is read, with what the system says of it; false: it is passed over. */
export type Entering = (path: string, facts: Stats) => boolean | Promise<boolean>;

/** Names that no one means when they add a folder. */
export function isIgnored(name: string): boolean {
  return name.startsWith(".") || name.startsWith("~$") || name === "node_modules";
}

/** True when the path is the folder or lies below it, with no name between them that is ignored. */
export function isWithin(folder: string, path: string): boolean {
  if (path === folder) return true;
  const base = folder.endsWith(sep) ? folder : folder + sep;
  return path.startsWith(base) && !path.slice(base.length).split(sep).some(isIgnored);
}

/**
 * The file's number in its file system, for telling whether two paths name one file; null where it says too
 * little: numbers beyond what a double holds, and times in whole seconds, as on file systems that number their
 * files anew with each mount (FAT) and in what was unpacked from an archive.
 */
export function inodeOf(facts: Pick<Stats, "ino" | "mtimeMs">): number | null {
  return Number.isSafeInteger(facts.ino) && facts.ino > 0 && facts.mtimeMs % 1_000 !== 0 ? facts.ino : null;
}

/** Questions to the file system that are under way at the same time: one by one they take ten times as long. */
const atOnce = 32;

/** `look` of each, some of them at the same time, in their order. */
export async function lookAtEach<Item, Seen>(
  items: readonly Item[],
  look: (item: Item) => Promise<Seen>,
  signal: AbortSignal,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    if (at > 0) await otherWork();
    signal.throwIfAborted();
    for (const one of await Promise.all(items.slice(at, at + atOnce).map(look))) seen.push(one);
  }
  return seen;
}

/**
 * All readable files under a folder; null when the folder itself cannot be reached. Hidden files and
 * linked folders are left out (a link may lead round in a circle or out of the folder); linked files count.
 */
export async function walkFolder(
  root: string,
  isReadable: (path: string) => boolean,
  signal: AbortSignal,
  entering?: Entering,
): Promise<Walk | null> {
  const facts = await orNull(stat(root));
  if (!facts?.isDirectory()) return null;
  const files: FoundFile[] = [];
  const unreadable: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    if (entering && !(await enter(folder, folder === root ? facts : null, entering))) continue;
    const entries = await orNull(readdir(folder, { withFileTypes: true }));
    if (entries === null && folder === root) return null;
    if (entries === null) unreadable.push(folder);
    const { names, subfolders } = sort(folder, entries ?? [], isReadable);
    for (const subfolder of subfolders) folders.push(subfolder);
    for (const found of await lookAtEach(names, lookAt, signal)) if (found) files.push(found);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, unreadable, device: String(facts.dev) };
}

async function enter(folder: string, known: Stats | null, entering: Entering): Promise<boolean> {
  const facts = known ?? (await orNull(lstat(folder)));
  return facts?.isDirectory() ? entering(folder, facts) : false;
}

function sort(
  folder: string,
  entries: readonly Dirent[],
  isReadable: (path: string) => boolean,
): { names: string[]; subfolders: string[] } {
  const names: string[] = [];
  const subfolders: string[] = [];
  for (const entry of entries) {
    if (isIgnored(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) subfolders.push(path);
    else if ((entry.isFile() || entry.isSymbolicLink()) && isReadable(path)) names.push(path);
  }
  return { names, subfolders };
}

/** A file as it lies on the disk now; null when it cannot be reached. */
export async function lookAt(path: string): Promise<FoundFile | null> {
  const facts = await orNull(stat(path));
  return facts?.isFile() ? toFound(path, facts) : null;
}

/** A regular file with what the system says of it. */
export function toFound(path: string, facts: Stats): FoundFile {
  return { path, bytes: facts.size, modifiedAt: facts.mtimeMs, inode: inodeOf(facts) };
}

/** What the file system answers; null where it answers with an error. */
export async function orNull<Answer>(question: Promise<Answer>): Promise<Answer | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
