import { basename } from "node:path";
import { ensureFile, getFile } from "../../store/files.ts";
import { markWaiting } from "../../store/file-queue.ts";
import { moveFile, setInode, type KnownFile } from "../../store/files-on-disk.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import { removeFiles } from "../../store/remove.ts";
import { otherWork } from "../index/other-work.ts";
import { isWorthRetrying } from "./indexer-read.ts";
import { matchMoves, type Move, type Seen } from "./watch-moves.ts";
import type { FoundFile } from "./watch-walk.ts";

export interface ScanResult {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly removed: number;
  /** Watched folders that went out of reach or came back. */
  readonly folders: number;
  /** Ids of the changed files. */
  readonly changedIds: readonly number[];
}
export type Tally = { -readonly [Name in keyof ScanResult]: ScanResult[Name] };

export const nothingDone: ScanResult = {
  added: 0,
  changed: 0,
  moved: 0,
  removed: 0,
  folders: 0,
  changedIds: [],
};

/** What a comparison of rows with the disk leaves to do. */
export interface Differences {
  readonly toRead: number[];
  /** Files without a row. */
  readonly fresh: Seen[];
  /** Rows without a file. */
  readonly gone: KnownFile[];
  /** Rows of unchanged files whose inode is another one now. */
  readonly inodes: { readonly id: number; readonly inode: number }[];
}

export function noDifferences(): Differences {
  return { toRead: [], fresh: [], gone: [], inodes: [] };
}

/** True when the file on the disk is not the one the row was made from. */
export function hasChanged(
  row: Pick<KnownFile, "bytes" | "modifiedAt">,
  file: Pick<FoundFile, "bytes" | "modifiedAt">,
): boolean {
  return row.bytes !== file.bytes || Math.abs(row.modifiedAt - file.modifiedAt) > 0.5;
}

/** True when another file stands in its place: one of the same size and moment may have been put there. */
function isOther(row: KnownFile, file: FoundFile): boolean {
  return row.inode !== null && file.inode !== null && row.inode !== file.inode;
}

export interface CompareOptions {
  /** Failures that may pass (a locked file) wait again although the file did not change. */
  readonly retryFailed: boolean;
  /** False: the changed file is not to be read yet. */
  readonly isReady: (file: FoundFile) => boolean;
  /** Something happened to the file. Otherwise a number of its own is no sign: a restored backup has new ones. */
  readonly wasHeardOf?: boolean;
}

/** Notes what the file asks of its row. */
export function compare(
  row: KnownFile,
  file: FoundFile,
  differences: Differences,
  { retryFailed, isReady, wasHeardOf = false }: CompareOptions,
): void {
  if (row.state === "waiting") return;
  if (hasChanged(row, file) || (wasHeardOf && isOther(row, file))) {
    if (isReady(file)) differences.toRead.push(row.id);
  } else if (retryFailed && row.state === "failed" && row.failure !== null && isWorthRetrying(row.failure))
    differences.toRead.push(row.id);
  else if (file.inode !== null && file.inode !== row.inode)
    differences.inodes.push({ id: row.id, inode: file.inode });
}

export interface SettleOptions {
  /** False: the new file is not to be read yet. */
  readonly isReady: (file: FoundFile) => boolean;
  /** True for a row that is to be kept although its file is gone: it may come up elsewhere. */
  readonly mayComeUp?: (row: KnownFile) => boolean;
}

/** Rows written in one transaction. */
const atOnce = 500;

/**
 * Brings the rows up to the disk, some at a time: changed files wait again, moved ones keep what they hold, new ones
 * are added, and those that are gone are taken out of sight. Stopped half-way, the next scan does the rest.
 */
export async function settle(
  db: WriteDb,
  { toRead, fresh, gone, inodes }: Differences,
  { isReady, mayComeUp = () => false }: SettleOptions,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  await inGroups(db, toRead, signal, (id) => markWaiting(db, id));
  await inGroups(db, inodes, signal, ({ id, inode }) => setInode(db, id, inode));
  tally.changed += toRead.length;
  tally.changedIds = tally.changedIds.concat(toRead);
  const moves = gone.length > 0 && fresh.length > 0 ? await matchMoves(gone, fresh, signal) : new Map();
  await inGroups(db, [...moves], signal, ([row, move]) => applyMove(db, row, move));
  tally.moved += moves.size;
  const moved = new Set([...moves.values()].map(({ seen }) => seen));
  await inGroups(db, fresh, signal, (seen) => {
    if (!moved.has(seen) && isReady(seen.file)) tally.added += addFile(db, seen);
  });
  const lost = gone.filter((row) => !moves.has(row) && !mayComeUp(row));
  for (let at = 0; at < lost.length; at += atOnce) {
    signal.throwIfAborted();
    if (at > 0) await otherWork();
    // By the path too: a row that has another one by now is another one's.
    const slice = lost.slice(at, at + atOnce).filter((row) => getFile(db, row.id)?.path === row.path);
    removeFiles(
      db,
      slice.map(({ id }) => id),
    );
    tally.removed += slice.length;
  }
}

/** Does a piece of work for each, many in one transaction, with other work in between. */
export async function inGroups<Item>(
  db: WriteDb,
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) {
    if (at > 0) await otherWork();
    signal.throwIfAborted();
    inTransaction(db, () => items.slice(at, at + atOnce).forEach(work));
  }
}

/** Its reading under the old name may have failed meanwhile: then it is read under the new one. */
function applyMove(db: WriteDb, row: KnownFile, { seen, isChanged }: Move): void {
  const now = getFile(db, row.id);
  if (!now || now.path !== row.path) return;
  const { path, modifiedAt, inode } = seen.file;
  moveFile(db, row.id, { path, name: basename(path), folderId: seen.folder.id, modifiedAt, inode });
  const isMissing = now.state === "failed" && now.failure !== null && isWorthRetrying(now.failure);
  if (isChanged || isMissing) markWaiting(db, row.id);
}

function addFile(db: WriteDb, { folder, file }: Seen): number {
  const { id: folderId, collectionId } = folder;
  return ensureFile(db, { collectionId, folderId, name: basename(file.path), ...file }).isNew ? 1 : 0;
}
