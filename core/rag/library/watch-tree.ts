import type { Stats } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/** What tells a directory from any other, wherever it is moved to: its number is given away again when it is gone. */
export interface Identity {
  readonly ino: number;
  /** Unix milliseconds; 0 where the file system does not keep it. */
  readonly bornAt: number;
}

export function identityOf(facts: Pick<Stats, "ino" | "birthtimeMs">): Identity {
  return { ino: facts.ino, bornAt: facts.birthtimeMs };
}

/** False also where the two may be the same, and the file system does not tell. */
export function isSurelySame(one: Identity, other: Identity): boolean {
  return isSame(one, other) && one.bornAt > 0;
}

/** True also where the file system keeps too little to tell. */
export function isSame(one: Identity, other: Identity): boolean {
  return one.ino === other.ino && one.bornAt === other.bornAt;
}

/** A directory of a watched folder. */
export interface Directory {
  /** That of the folder itself is its path. */
  readonly name: string;
  readonly parent: Directory | null;
  readonly children: ReadonlyMap<string, Directory>;
  readonly identity: Identity;
  /** It could not be looked into, or not be watched: whatever happens to it, it is to be walked again. */
  readonly isClosed: boolean;
  /** It is no longer part of the tree. */
  readonly isGone: boolean;
}

/** The directories of one watched folder as they are known, whatever the disk looks like by now. */
export interface DirectoryTree {
  /** The folder's path. */
  readonly folder: string;
  readonly root: Directory | null;
  find(path: string): Directory | undefined;
  /** The directory under this path, made where it is new or another one than before; its parent has to be known. */
  enter(path: string, identity: Identity): Directory | null;
  markClosed(path: string): void;
  /** Puts a directory, and with it all below, under another path; false where its parent is not known. */
  move(directory: Directory, path: string): boolean;
  drop(directory: Directory): void;
  /** From here on directories count as seen when they are entered; `dropUnseen` drops all others. */
  beginScan(): void;
  dropUnseen(): void;
}

interface Node extends Directory {
  name: string;
  parent: Node | null;
  readonly children: Map<string, Node>;
  isClosed: boolean;
  isGone: boolean;
  scan: number;
}

/**
 * `entered` and `dropped` are called for each directory that comes or goes, not for those that move. `entered` says
 * whether it is watched from now on.
 */
export function makeDirectoryTree(
  folder: string,
  on: {
    readonly entered: (directory: Directory) => boolean;
    readonly dropped: (directory: Directory) => void;
  },
): DirectoryTree {
  let root: Node | null = null;
  let scan = 0;

  function find(path: string): Node | undefined {
    if (path === folder) return root ?? undefined;
    const base = folder.endsWith(sep) ? folder : folder + sep;
    if (!root || !path.startsWith(base)) return undefined;
    let at: Node | undefined = root;
    for (const part of path.slice(base.length).split(sep)) at = at?.children.get(part);
    return at;
  }

  function drop(node: Node): void {
    const dropping = [node];
    for (let one = dropping.pop(); one; one = dropping.pop()) {
      for (const child of one.children.values()) dropping.push(child);
      one.isGone = true;
      on.dropped(one);
    }
    if (node.parent?.children.get(node.name) === node) node.parent.children.delete(node.name);
    if (node === root) root = null;
  }

  function enter(path: string, identity: Identity): Node | null {
    const known = find(path);
    if (known && !known.isClosed && isSame(known.identity, identity)) {
      known.scan = scan;
      return known;
    }
    if (known) drop(known);
    const parent = path === folder ? null : find(dirname(path));
    if (parent === undefined) return null;
    const name = parent ? basename(path) : folder;
    const made = { name, parent, children: new Map(), identity, isClosed: false, isGone: false, scan };
    if (parent) parent.children.set(name, made);
    else root = made;
    made.isClosed = !on.entered(made);
    return made;
  }

  return {
    folder,
    get root() {
      return root;
    },
    find,
    enter,
    markClosed: (path) => {
      const found = find(path);
      if (found) found.isClosed = true;
    },
    move: (directory, path) => {
      const node = directory as Node;
      const parent = find(dirname(path));
      if (!parent || !node.parent || node.isGone) return false;
      node.parent.children.delete(node.name);
      const inPlace = parent.children.get(basename(path));
      if (inPlace) drop(inPlace);
      node.parent = parent;
      node.name = basename(path);
      parent.children.set(node.name, node);
      return true;
    },
    drop: (directory) => drop(directory as Node),
    beginScan: () => {
      scan += 1;
    },
    dropUnseen: () => {
      const open = root ? [root] : [];
      for (let node = open.pop(); node; node = open.pop()) {
        if (node.scan !== scan) drop(node);
        else for (const child of node.children.values()) open.push(child);
      }
    },
  };
}

export function pathOf(directory: Directory): string {
  return directory.parent ? join(pathOf(directory.parent), directory.name) : directory.name;
}

/** True when the directory is one of these or lies below one. */
export function isBelow(directory: Directory, these: ReadonlySet<Directory>): boolean {
  for (let at: Directory | null = directory; at; at = at.parent) if (these.has(at)) return true;
  return false;
}
