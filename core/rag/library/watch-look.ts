import type { Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ChangedNames } from "./watch.ts";
import {
  identityOf,
  isBelow,
  isSame,
  isSurelySame,
  pathOf,
  type Directory,
  type DirectoryTree,
} from "./watch-tree.ts";
import { lookAtEach, orNull, toFound, walkFolder, type FoundFile } from "./watch-walk.ts";

/** What stands on the disk where something happened. */
export interface Findings {
  readonly files: Map<string, FoundFile>;
  /** Paths under which no file stands. */
  readonly missing: Set<string>;
  /** Directories that are no longer there, with all below. */
  readonly lost: Set<string>;
  /** Directories that were walked: what else is known below them is gone, but for these parts. */
  readonly walked: Map<string, { readonly exceptBelow: readonly string[] }>;
  /** Watched folders that are not what they were: to be scanned whole. */
  readonly folders: Set<string>;
}

export interface LookDeps {
  readonly isReadable: (path: string) => boolean;
  /** The directory is no longer where it was known: once it is found, its names are to be looked at again. */
  readonly later: (directory: Directory, names: ReadonlySet<string>) => void;
  /**
   * Renames what is known below a directory that was moved; false where that cannot be done, and everything below
   * is to be looked at. Without it that is always so.
   */
  readonly moveDirectory?: (from: string, to: string) => Promise<boolean>;
}

/** `unknown`: it did not say, as with a directory that is closed to us or a drive that fails. */
type Facts = Stats | "gone" | "unknown";

interface Looked {
  readonly directory: Directory;
  readonly name: string;
  readonly path: string;
  readonly facts: Facts;
}

export function nothingFound(): Findings {
  return { files: new Map(), missing: new Set(), lost: new Set(), walked: new Map(), folders: new Set() };
}

/**
 * Looks at names of a folder that something happened to, walks directories that are new, and keeps the tree true
 * to the disk. Nothing else is looked at: the cost is that of the names.
 */
export async function lookAtNames(
  tree: DirectoryTree,
  names: ChangedNames,
  findings: Findings,
  deps: LookDeps,
  signal: AbortSignal,
): Promise<void> {
  const found = nothingFound();
  for (let open = names; open.size > 0;) {
    const looked = await lookAtAll(open, signal);
    const lost = lostOf(looked);
    // Under a directory that is elsewhere by now nothing can be found: once more, after it was moved.
    const again = new Map<Directory, ReadonlySet<string>>();
    const elsewhere = await elsewhereOf(looked, lost);
    for (const directory of lost) if (isBelow(directory, elsewhere)) lost.delete(directory);
    const appeared: string[] = [];
    for (const one of looked) {
      const { directory } = one;
      const names = open.get(directory) ?? new Set<string>();
      if (directory.isGone) continue;
      if (isBelow(directory, lost)) again.set(directory, names);
      else if (elsewhere.has(directory)) deps.later(directory, names);
      else await note(one, found, appeared, deps);
    }
    await walkAll(tree, appeared, lost, found, deps, signal);
    for (const directory of lost) {
      if (directory.isGone) continue;
      found.lost.add(pathOf(directory));
      tree.drop(directory);
    }
    for (const directory of again.keys()) if (directory.isGone) again.delete(directory);
    open = again;
  }
  // Of a folder that is not there any more, or another one by now, nothing was learnt.
  if (await isAsKnown(tree)) takeOver(findings, found);
  else findings.folders.add(tree.folder);
}

/** Looks at paths of a folder where a file stood before. */
export async function lookAtPaths(
  tree: DirectoryTree,
  paths: readonly string[],
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const facts = await lookAtEach(paths, async (path) => ask(stat(path)), signal);
  if (!(await isAsKnown(tree))) {
    findings.folders.add(tree.folder);
    return;
  }
  for (const [at, path] of paths.entries()) {
    const seen = facts[at];
    if (seen === undefined || seen === "unknown") continue;
    put(findings, path, seen !== "gone" && seen.isFile() ? toFound(path, seen) : null);
  }
}

function takeOver(findings: Findings, found: Findings): void {
  for (const [path, file] of found.files) put(findings, path, file);
  for (const path of found.missing) put(findings, path, null);
  for (const path of found.lost) findings.lost.add(path);
  for (const [path, walked] of found.walked) findings.walked.set(path, walked);
}

/** True when the watched folder is there, and the one that is known. */
export async function isAsKnown({ root, folder }: DirectoryTree): Promise<boolean> {
  const facts = await orNull(stat(folder));
  return (
    root !== null &&
    !root.isClosed &&
    facts !== null &&
    facts.isDirectory() &&
    isSame(root.identity, identityOf(facts))
  );
}

async function ask(question: Promise<Stats>): Promise<Facts> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" || error.code === "ENOTDIR" ? "gone" : "unknown";
  }
}

async function lookAtAll(names: ChangedNames, signal: AbortSignal): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const [directory, changed] of names) {
    if (directory.isGone) continue;
    const folder = pathOf(directory);
    const listed = await namesAsWritten(folder, changed);
    const facts = await lookAtEach(
      [...changed],
      async (name) => (listed && !listed.has(name) ? "gone" : ask(lstat(join(folder, name)))),
      signal,
    );
    let at = 0;
    for (const name of changed)
      looked.push({ directory, name, path: join(folder, name), facts: facts[at++] ?? "unknown" });
  }
  return looked;
}

/**
 * The names in a directory, where two of the changed ones differ in case or in the way their letters are composed
 * only: some file systems answer to either of them, and list the one that it has now.
 */
async function namesAsWritten(folder: string, changed: ReadonlySet<string>): Promise<Set<string> | null> {
  const folded = new Set([...changed].map((name) => name.normalize("NFKC").toLowerCase()));
  if (folded.size === changed.size) return null;
  const names = await orNull(readdir(folder));
  return names && new Set(names).add("");
}

/** Directories that no longer stand where they are known: gone, or another one in their place. */
function lostOf(looked: readonly Looked[]): Set<Directory> {
  const lost = new Set<Directory>();
  for (const { directory, name, facts } of looked) {
    const known = directory.children.get(name);
    if (!known || facts === "unknown") continue;
    if (facts === "gone" || !isDirectoryOf(facts, known)) lost.add(known);
  }
  // Of those below another one nothing is known before that one was found.
  for (const directory of lost)
    if (directory.parent && isBelow(directory.parent, lost)) lost.delete(directory);
  return lost;
}

/** Directories in which names were not found because they themselves were moved a moment ago. */
async function elsewhereOf(looked: readonly Looked[], lost: ReadonlySet<Directory>): Promise<Set<Directory>> {
  const doubtful = new Set<Directory>();
  for (const { directory, facts } of looked)
    if (facts === "gone" && directory.parent && !isBelow(directory, lost)) doubtful.add(directory);
  for (const directory of doubtful) {
    const facts = await ask(lstat(pathOf(directory)));
    if (typeof facts !== "string" && isDirectoryOf(facts, directory)) doubtful.delete(directory);
  }
  return doubtful;
}

function isDirectoryOf(facts: Stats, known: Directory): boolean {
  return facts.isDirectory() && isSurelySame(known.identity, identityOf(facts));
}

async function note(
  { directory, name, path, facts }: Looked,
  findings: Findings,
  appeared: string[],
  { isReadable }: LookDeps,
): Promise<void> {
  // The folder itself is looked at in the end.
  if (facts === "unknown" || name === "") return;
  if (facts !== "gone" && facts.isDirectory()) {
    const known = directory.children.get(name);
    if (!known || known.isClosed || !isDirectoryOf(facts, known)) appeared.push(path);
  }
  if (!isReadable(path)) return;
  const target = facts !== "gone" && facts.isSymbolicLink() ? await ask(stat(path)) : facts;
  if (target === "unknown") return;
  put(findings, path, target !== "gone" && target.isFile() ? toFound(path, target) : null);
}

function put(findings: Findings, path: string, file: FoundFile | null): void {
  if (file) {
    findings.files.set(path, file);
    findings.missing.delete(path);
  } else {
    findings.files.delete(path);
    findings.missing.add(path);
  }
}

/** Walks directories that are new in the tree; one that was lost elsewhere is moved instead. */
async function walkAll(
  tree: DirectoryTree,
  paths: readonly string[],
  lost: Set<Directory>,
  findings: Findings,
  deps: LookDeps,
  signal: AbortSignal,
): Promise<void> {
  const byInode = new Map([...lost].map((directory) => [directory.identity.ino, directory]));
  // A directory comes before those in it.
  for (const path of paths.toSorted((a, b) => a.length - b.length)) {
    const movedTo: string[] = [];
    const known = tree.find(path);
    // It may be another one that was given the same number: nothing that was known of it counts.
    if (known) tree.drop(known);
    const entering = async (at: string, facts: Stats): Promise<boolean> => {
      const from = byInode.get(facts.ino);
      if (from && !from.isGone && isDirectoryOf(facts, from) && (await moveIn(tree, from, at, deps))) {
        byInode.delete(facts.ino);
        lost.delete(from);
        movedTo.push(at);
        return false;
      }
      tree.enter(at, identityOf(facts));
      return true;
    };
    const walk = await walkFolder(path, deps.isReadable, signal, entering);
    if (!walk) tree.markClosed(path);
    for (const file of walk?.files ?? []) put(findings, file.path, file);
    for (const closed of walk?.unreadable ?? []) tree.markClosed(closed);
    // Moved as a whole: its files were not looked at, and are not to be compared.
    if (movedTo.includes(path)) continue;
    const exceptBelow = [...movedTo, ...(walk ? walk.unreadable : [path])];
    findings.walked.set(path, { exceptBelow });
  }
}

async function moveIn(tree: DirectoryTree, from: Directory, to: string, deps: LookDeps): Promise<boolean> {
  const before = pathOf(from);
  if (!deps.moveDirectory || !tree.find(dirname(to))) return false;
  if (!(await deps.moveDirectory(before, to))) return false;
  return tree.move(from, to);
}
