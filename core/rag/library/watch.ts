import { lstatSync, statSync, watch as watchPath, type FSWatcher } from "node:fs";
import { basename, sep } from "node:path";
import type { Clock } from "./watch-clock.ts";
import {
  identityOf,
  isSame,
  makeDirectoryTree,
  pathOf,
  type Directory,
  type DirectoryTree,
} from "./watch-tree.ts";
import { isIgnored } from "./watch-walk.ts";

/** Names that something happened to, by the directory they are in. "" is the watched folder itself. */
export type ChangedNames = ReadonlyMap<Directory, ReadonlySet<string>>;

/** What happened since it was asked last. */
export interface Changes {
  readonly trees: ReadonlyMap<DirectoryTree, ChangedNames>;
  /** Folders of which more happened than is known. */
  readonly unsure: ReadonlySet<string>;
}

/** Hears what happens in watched folders. Each directory is entered before it is read, so that nothing is missed. */
export interface FolderWatch {
  /** True where a directory that is moved goes on being heard under its new name. */
  readonly followsMoves: boolean;
  /** The directories known of a watched folder; made where it is new. */
  readonly tree: (folder: string) => DirectoryTree;
  /** As if something had happened to this path, in whatever folder is known to hold it. */
  note(path: string): void;
  /** As if these names had been heard of, and the directories above of themselves. */
  again(tree: DirectoryTree, directory: Directory, names: ReadonlySet<string>): void;
  /** True while there is something to be taken. */
  readonly isPending: boolean;
  take(): Changes;
  /** Folders that the system refused to watch wholly. */
  readonly blind: ReadonlySet<string>;
  /** Lets go of every folder but these. */
  keepFolders(paths: readonly string[]): void;
  close(): void;
}

export interface WatchOptions {
  readonly clock: Clock;
  /** Milliseconds of quiet before a burst of changes is reported. */
  readonly quiet: number;
  /** Milliseconds after which it is reported even if the changes go on. */
  readonly longest: number;
  readonly isReadable: (name: string) => boolean;
  /** There is something to be taken. */
  readonly report: () => void;
  /** The system refuses to watch (too many folders): only scans notice changes now. */
  readonly failed: (error: unknown) => void;
  /** One watch for a folder with all below it, where the system has that, in place of one for each directory. */
  readonly isRecursive?: boolean;
}

/** Events in one turn of the loop from which on the system may have dropped some (Linux holds 16,384 back). */
const mostAtOnce = 16_000;
/** The directory is gone, or not ours to read: the walk tells. */
const passing: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM"]);

/**
 * Watches with the system's own notifications. Linux has one for each directory; macOS and Windows have one for
 * all below a folder. Files have none of their own, so that a folder costs as much as its directories.
 */
export function watchFolders(options: WatchOptions): FolderWatch {
  const { clock, isReadable } = options;
  const isRecursive = options.isRecursive ?? (process.platform === "darwin" || process.platform === "win32");
  const trees = new Map<string, DirectoryTree>();
  const watchers = new Map<Directory, FSWatcher>();
  const blind = new Set<string>();
  let names = new Map<DirectoryTree, Map<Directory, Set<string>>>();
  let unsure = new Set<string>();
  let stopTimer: (() => void) | null = null;
  let firstAt: number | null = null;
  let eventsOfTurn = 0;

  function noticed(): void {
    const now = clock.now();
    firstAt ??= now;
    stopTimer?.();
    const wait = Math.max(0, Math.min(options.quiet, firstAt + options.longest - now));
    stopTimer = clock.after(wait, () => {
      stopTimer = null;
      firstAt = null;
      options.report();
    });
  }

  function add(tree: DirectoryTree, directory: Directory, name: string): void {
    let changed = names.get(tree);
    if (!changed) names.set(tree, (changed = new Map<Directory, Set<string>>()));
    const known = changed.get(directory);
    if (known) known.add(name);
    else changed.set(directory, new Set([name]));
    noticed();
  }

  function addUnsure(tree: DirectoryTree): void {
    unsure.add(tree.folder);
    noticed();
  }

  function countEvent(): void {
    if (eventsOfTurn === 0) setImmediate(() => (eventsOfTurn = 0));
    eventsOfTurn += 1;
    if (eventsOfTurn === mostAtOnce) for (const tree of trees.values()) addUnsure(tree);
  }

  /** A file that no reader reads may be written as often as it likes. */
  function heard(tree: DirectoryTree, directory: Directory, event: string, name: string): void {
    if (directory.isGone || isIgnored(name)) return;
    if (event === "change" && !isReadable(name) && !directory.children.has(name)) return;
    add(tree, directory, name);
  }

  /** The system tells of the directory itself under its own name, as of something in it. */
  function heardOfItself(tree: DirectoryTree, directory: Directory): void {
    if (directory.isGone) return;
    if (directory.parent) add(tree, directory.parent, directory.name);
    else add(tree, directory, "");
  }

  function heardBelow(tree: DirectoryTree, event: string, path: string): void {
    let directory = tree.root;
    const parts = path.split(sep);
    for (const [at, part] of parts.entries()) {
      if (!directory || isIgnored(part)) return;
      const child: Directory | undefined = directory.children.get(part);
      if (at === parts.length - 1) heard(tree, directory, event, part);
      else if (child) directory = child;
      // Below a directory that is not known yet: it will be walked.
      else return heard(tree, directory, "rename", part);
    }
  }

  /** False where it is not watched, or something else was put in its place meanwhile. */
  function entered(tree: DirectoryTree, directory: Directory): boolean {
    if (isRecursive && directory.parent) return true;
    const path = pathOf(directory);
    const ownName = basename(path);
    try {
      const watcher = watchPath(path, { recursive: isRecursive }, (event, name) => {
        countEvent();
        if (name === null) return addUnsure(tree);
        if (name === ownName || name === "") heardOfItself(tree, directory);
        if (isRecursive) heardBelow(tree, event, name);
        else heard(tree, directory, event, name);
      });
      watcher.on("error", () => heardOfItself(tree, directory));
      watchers.set(directory, watcher);
      const facts = directory.parent ? lstatSync(path) : statSync(path);
      return isSame(directory.identity, identityOf(facts));
    } catch (error) {
      if (error instanceof Error && "code" in error && passing.has(error.code)) return false;
      if (!blind.has(tree.folder)) options.failed(error);
      blind.add(tree.folder);
      return true;
    }
  }

  function dropped(directory: Directory): void {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  }

  function treeOf(folder: string): DirectoryTree {
    const known = trees.get(folder);
    if (known) return known;
    const tree: DirectoryTree = makeDirectoryTree(folder, {
      entered: (directory) => entered(tree, directory),
      dropped,
    });
    trees.set(folder, tree);
    return tree;
  }

  return {
    followsMoves: !isRecursive,
    tree: treeOf,
    note: (path) => {
      for (const tree of trees.values()) {
        const at = path.lastIndexOf(sep);
        const directory = tree.find(path.slice(0, at)) ?? tree.find(path.slice(0, at + 1));
        if (directory) add(tree, directory, path.slice(at + 1));
      }
    },
    again: (tree, directory, of) => {
      for (const name of of) add(tree, directory, name);
      for (let at = directory; at.parent; at = at.parent) add(tree, at.parent, at.name);
    },
    get isPending() {
      return names.size > 0 || unsure.size > 0;
    },
    take: () => {
      const taken = { trees: names, unsure };
      names = new Map();
      unsure = new Set();
      return taken;
    },
    blind,
    keepFolders: (paths) => {
      const kept = new Set(paths);
      for (const [folder, tree] of trees) {
        if (kept.has(folder)) continue;
        if (tree.root) tree.drop(tree.root);
        trees.delete(folder);
        names.delete(tree);
        unsure.delete(folder);
        blind.delete(folder);
      }
    },
    close: () => {
      stopTimer?.();
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      trees.clear();
    },
  };
}
