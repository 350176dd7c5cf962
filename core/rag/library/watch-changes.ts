import type { WatchedFolder } from "../../contract/documents.ts";
import { getFile, setFileFolder } from "../../store/files.ts";
import {
  fileAt,
  filesUnder,
  moveFilesUnder,
  retryMissingUnder,
  type KnownFile,
} from "../../store/files-on-disk.ts";
import { isLeftOut, listFolders } from "../../store/folders.ts";
import type { WriteDb } from "../../store/handle.ts";
import { otherWork } from "../index/other-work.ts";
import type { Changes, FolderWatch } from "./watch.ts";
import { lookAtNames, lookAtPaths, nothingFound, type Findings } from "./watch-look.ts";
import {
  compare,
  noDifferences,
  nothingDone,
  settle,
  type Differences,
  type ScanResult,
  type SettleOptions,
} from "./watch-rows.ts";
import type { Directory } from "./watch-tree.ts";
import { inSlices } from "./slices.ts";
import { isWithin } from "./watch-walk.ts";

export interface ChangeDeps extends SettleOptions {
  readonly db: WriteDb;
  readonly isReadable: (path: string) => boolean;
  readonly watch: Pick<FolderWatch, "followsMoves" | "tree" | "again">;
  /** Ids of files that were missed the last time. */
  readonly missed: readonly number[];
}

export interface ChangeResult {
  readonly result: ScanResult;
  /** Watched folders of which too little is known now: they want a whole scan. */
  readonly folders: ReadonlySet<string>;
}

/** Rows compared between two looks at what else there is to do. */
const atOnce = 2_000;
/** Rows that get a new path in one transaction: a commit costs a write-through to the disk. */
const movedAtOnce = 10_000;

/** Brings the rows up to the disk where something happened, and looks nowhere else. */
export async function scanChanges(
  deps: ChangeDeps,
  changes: Changes,
  signal: AbortSignal,
): Promise<ChangeResult> {
  const { db, isReadable, watch, missed } = deps;
  const tally = { ...nothingDone };
  const findings = nothingFound();
  for (const folder of changes.unsure) findings.folders.add(folder);
  const moveDirectory = async (from: string, to: string): Promise<boolean> => {
    const moved = await moveRows(db, from, to);
    tally.moved += moved ?? 0;
    return moved !== null;
  };
  for (const [tree, names] of changes.trees) {
    if (changes.unsure.has(tree.folder)) continue;
    const look = {
      isReadable,
      later: (directory: Directory, of: ReadonlySet<string>) => watch.again(tree, directory, of),
      ...(watch.followsMoves && { moveDirectory }),
    };
    await lookAtNames(tree, names, findings, look, signal);
  }
  const folders = listFolders(db);
  // Their directory may have been moved meanwhile, and they with it.
  const paths = missed.flatMap((id) => getFile(db, id)?.path ?? []);
  for (const { path } of paths.length > 0 ? folders : []) {
    const mine = paths.filter((one) => isWithin(path, one));
    if (mine.length > 0) await lookAtPaths(watch.tree(path), mine, findings, signal);
  }
  const differences = noDifferences();
  for (const folder of folders) await compareWith(db, folder, findings, differences, deps);
  await settle(db, differences, deps, tally, signal);
  return { result: tally, folders: findings.folders };
}

async function compareWith(
  db: WriteDb,
  folder: WatchedFolder,
  findings: Findings,
  differences: Differences,
  { isReady }: SettleOptions,
): Promise<void> {
  // Of one that is out of reach nothing is concluded until it was scanned whole.
  if (!folder.reachable || findings.folders.has(folder.path)) return;
  const isMine = (path: string): boolean => isWithin(folder.path, path);
  let compared = 0;
  for (const file of findings.files.values()) {
    if (!isMine(file.path)) continue;
    if (++compared % atOnce === 0) await otherWork();
    const row = fileAt(db, folder.collectionId, file.path);
    if (row?.folderId === null) setFileFolder(db, row.id, folder.id);
    if (row) compare(row, file, differences, { retryFailed: false, isReady, wasHeardOf: true });
    else if (!isLeftOut(db, folder.id, file.path)) differences.fresh.push({ folder, file });
  }
  const gone = new Map<number, KnownFile>();
  for (const path of findings.missing) {
    const row = isMine(path) ? fileAt(db, folder.collectionId, path) : undefined;
    if (row?.folderId === folder.id) gone.set(row.id, row);
  }
  for (const path of findings.lost)
    for await (const row of rowsBelow(db, folder, path))
      if (!findings.files.has(row.path)) gone.set(row.id, row);
  for (const [path, { exceptBelow }] of findings.walked)
    for await (const row of rowsBelow(db, folder, path))
      if (!findings.files.has(row.path) && !exceptBelow.some((kept) => isWithin(kept, row.path)))
        gone.set(row.id, row);
  for (const row of gone.values()) differences.gone.push(row);
}

/** The folder's own files below a directory; none where the directory is not the folder's. */
async function* rowsBelow(db: WriteDb, folder: WatchedFolder, directory: string): AsyncGenerator<KnownFile> {
  if (!isWithin(folder.path, directory)) return;
  for (let rows = filesUnder(db, folder.collectionId, directory, "", atOnce); rows.length > 0;) {
    for (const row of rows) if (row.folderId === folder.id) yield row;
    await otherWork();
    rows = filesUnder(db, folder.collectionId, directory, rows.at(-1)?.path ?? "", atOnce);
  }
}

/**
 * Gives every file below a directory that was moved its new path; null where that is more than a change of names: the
 * collections it lies in are not the same as before, or something is known below the new path.
 */
async function moveRows(db: WriteDb, from: string, to: string): Promise<number | null> {
  if (isWithin(from, to) || isWithin(to, from)) return null;
  const before = holding(db, from);
  const after = holding(db, to);
  const targets = before.map((folder) => {
    const fitting = after.filter(({ collectionId }) => collectionId === folder.collectionId);
    return fitting.find(({ id }) => id === folder.id) ?? fitting[0];
  });
  const isFree = after.every(({ collectionId }) => filesUnder(db, collectionId, to, "", 1).length === 0);
  const isSame = before.length === after.length && new Set(targets).size === before.length;
  if (!isFree || !isSame || targets.some((folder) => !folder)) return null;
  let moved = 0;
  for (const [at, { id, collectionId }] of before.entries()) {
    const target = { collectionId, path: to, folderId: targets[at]?.id ?? id };
    const steps = moveFilesUnder(db, { collectionId, folderId: id, path: from }, target, movedAtOnce);
    // Each with other work after it; half of it is worth less than all.
    await inSlices(db, steps, 1, new AbortController().signal, async (counts) => {
      for (const count of counts) moved += count;
    });
    retryMissingUnder(db, collectionId, to);
  }
  return moved;
}

function holding(db: WriteDb, path: string): WatchedFolder[] {
  return listFolders(db).filter((folder) => folder.path !== path && isWithin(folder.path, path));
}
