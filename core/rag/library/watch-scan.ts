import type { WatchedFolder } from "../../contract/documents.ts";
import { singleFiles, findFile, setFileFolder } from "../../store/files.ts";
import { markWaiting } from "../../store/file-queue.ts";
import { filesOfFolder, type KnownFile } from "../../store/files-on-disk.ts";
import {
  folderDevice,
  leftOutOf,
  listFolders,
  setFolderDevice,
  setFolderReachable,
} from "../../store/folders.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import { otherWork } from "../index/other-work.ts";
import {
  compare,
  hasChanged,
  noDifferences,
  nothingDone,
  settle,
  type Differences,
  type ScanResult,
} from "./watch-rows.ts";
import { isWithin, lookAt, lookAtEach, walkFolder, type FoundFile, type Walk } from "./watch-walk.ts";
import { identityOf, type DirectoryTree } from "./watch-tree.ts";

export interface ScanOptions {
  /** Failures that may pass (a locked file) wait again although the file did not change. */
  readonly retryFailed: boolean;
  /** Paths of the folders to look into; null: all, and the files that were added by themselves. */
  readonly only: ReadonlySet<string> | null;
}

export interface ScanDeps {
  readonly db: WriteDb;
  readonly isReadable: (path: string) => boolean;
  /** The directories of a watched folder, where they are watched. */
  readonly tree?: (folder: string) => DirectoryTree;
  /** See `SettleOptions`. */
  readonly mayComeUp?: (row: KnownFile) => boolean;
}

/** Rows compared between two looks at what else there is to do. */
const atOnce = 2_000;
const always = (): boolean => true;

/**
 * Brings the rows of watched folders up to what lies on the disk: new files wait, changed ones wait
 * again, moved ones (of the same collection) keep documents and vectors, deleted ones go. A folder that
 * cannot be reached keeps everything.
 */
export async function scanFolders(
  deps: ScanDeps,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<ScanResult> {
  const { db, mayComeUp = () => false } = deps;
  const tally = { ...nothingDone };
  const differences = noDifferences();
  for (const folder of listFolders(db)) {
    if (options.only && !options.only.has(folder.path)) continue;
    const walk = await walkAndEnter(deps, folder.path, signal);
    const reachable = walk !== null && !isDriveMissing(walk, folder.files, folderDevice(db, folder.id));
    if (reachable !== folder.reachable) {
      setFolderReachable(db, folder.id, reachable);
      tally.folders += 1;
    }
    if (!walk || !reachable) continue;
    setFolderDevice(db, folder.id, walk.device);
    // What failed while the folder was away is worth another try.
    const retryFailed = options.retryFailed || !folder.reachable;
    await compareFolder(db, folder, walk, retryFailed, differences, signal);
  }
  if (!options.only) tally.changed += await scanSingleFiles(db, signal);
  await settle(db, differences, { isReady: always, mayComeUp }, tally, signal);
  return tally;
}

async function walkAndEnter(
  { isReadable, tree: treeOf }: ScanDeps,
  folder: string,
  signal: AbortSignal,
): Promise<Walk | null> {
  const tree = treeOf?.(folder);
  if (!tree) return walkFolder(folder, isReadable, signal);
  tree.beginScan();
  const walk = await walkFolder(folder, isReadable, signal, (path, facts) => {
    tree.enter(path, identityOf(facts));
    return true;
  });
  if (!walk && tree.root) tree.drop(tree.root);
  for (const path of walk?.unreadable ?? []) tree.markClosed(path);
  tree.dropUnseen();
  return walk;
}

async function compareFolder(
  db: WriteDb,
  folder: WatchedFolder,
  walk: Walk,
  retryFailed: boolean,
  differences: Differences,
  signal: AbortSignal,
): Promise<void> {
  const { files, unreadable } = walk;
  const unseen = new Map(files.map((file) => [file.path, file]));
  for (let rows = filesOfFolder(db, folder.id, 0, atOnce); rows.length > 0;) {
    for (const row of rows) {
      const file = unseen.get(row.path);
      unseen.delete(row.path);
      if (file) compare(row, file, differences, { retryFailed, isReady: always });
      else if (!unreadable.some((closed) => isWithin(closed, row.path))) differences.gone.push(row);
    }
    await otherWork();
    signal.throwIfAborted();
    rows = filesOfFolder(db, folder.id, rows.at(-1)?.id ?? 0, atOnce);
  }
  noteNew(db, folder, unseen.values(), differences);
}

/** Files on the disk that are no rows of the folder: new, taken off the list, or added by themselves before. */
function noteNew(
  db: WriteDb,
  folder: WatchedFolder,
  files: Iterable<FoundFile>,
  differences: Differences,
): void {
  const leftOut = leftOutOf(db, folder.id);
  inTransaction(db, () => {
    for (const file of files)
      if (!adopt(db, folder, file.path) && !leftOut.has(file.path)) differences.fresh.push({ folder, file });
  });
}

/** A file of the collection that was added by itself before its folder was: now it is the folder's. */
function adopt(db: WriteDb, folder: WatchedFolder, path: string): boolean {
  const row = findFile(db, folder.collectionId, path);
  if (row && row.folderId === null) setFileFolder(db, row.id, folder.id);
  return row !== undefined;
}

/** Files that were added by themselves: changed ones wait again; one that is gone keeps what it holds. */
async function scanSingleFiles(db: WriteDb, signal: AbortSignal): Promise<number> {
  const rows = singleFiles(db).filter((row) => row.state !== "waiting");
  const files = await lookAtEach(rows, async (row) => lookAt(row.path), signal);
  const changed = rows.filter((row, at) => {
    const file = files[at];
    return file != null && hasChanged(row, file);
  });
  inTransaction(db, () => changed.forEach((row) => markWaiting(db, row.id)));
  return changed.length;
}

/** An empty folder on another file system than before is the mount point of a drive that is not there. */
function isDriveMissing(walk: Walk, known: number, device: string | null): boolean {
  return known > 0 && walk.files.length === 0 && device !== null && device !== walk.device;
}
