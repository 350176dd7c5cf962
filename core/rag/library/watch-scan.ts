import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, sep } from "node:path";
import type { WatchedFolder } from "../../contract/documents.ts";
import {
  ensureFile,
  filesOfFolder,
  findFile,
  moveFile,
  setFileFolder,
  singleFiles,
  type FileRow,
} from "../../store/files.ts";
import { markWaiting } from "../../store/file-queue.ts";
import {
  folderDevice,
  leftOutOf,
  listFolders,
  setFolderDevice,
  setFolderReachable,
} from "../../store/folders.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import { removeFiles } from "../../store/remove.ts";
import { isWorthRetrying } from "./indexer-read.ts";
import { lookAt, walkFolder, type FoundFile, type Walk } from "./watch-walk.ts";

export interface ScanResult {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly removed: number;
}

export interface ScanOptions {
  /** Failures that may pass (a locked file) wait again although the file did not change. */
  readonly retryFailed: boolean;
  /** Paths of the folders to look into; null: all. */
  readonly only: ReadonlySet<string> | null;
}

interface Seen {
  readonly folder: WatchedFolder;
  readonly file: FoundFile;
}

/** True when the file on the disk is not the one the row was made from. */
export function hasChanged(row: FileRow, file: { bytes: number; modifiedAt: number }): boolean {
  return row.bytes !== file.bytes || Math.abs(row.modifiedAt - file.modifiedAt) > 0.5;
}

/**
 * Brings the rows of watched folders up to what lies on the disk: new files wait, changed ones wait
 * again, moved ones (same bytes elsewhere in the collection) keep documents and vectors, deleted ones
 * go. A folder that cannot be reached keeps everything.
 */
export async function scanFolders(
  db: WriteDb,
  isReadable: (path: string) => boolean,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<ScanResult> {
  const tally = { added: 0, changed: 0, moved: 0, removed: 0 };
  const fresh: Seen[] = [];
  const gone: FileRow[] = [];
  for (const folder of listFolders(db)) {
    if (options.only && !options.only.has(folder.path)) continue;
    const walk = await walkFolder(folder.path, isReadable, signal);
    const rows = filesOfFolder(db, folder.id);
    const reachable = walk !== null && !isDriveMissing(walk, rows.length, folderDevice(db, folder.id));
    if (reachable !== folder.reachable) setFolderReachable(db, folder.id, reachable);
    if (!walk || !reachable) continue;
    setFolderDevice(db, folder.id, walk.device);
    const leftOut = leftOutOf(db, folder.id);
    const known = new Map(rows.map((row) => [row.path, row]));
    inTransaction(db, () => {
      for (const file of walk.files) {
        const row = known.get(file.path) ?? adopt(db, folder, file.path);
        known.delete(file.path);
        if (!row && !leftOut.has(file.path)) fresh.push({ folder, file });
        else if (row && isToRead(row, file, options.retryFailed)) {
          markWaiting(db, row.id);
          tally.changed += 1;
        }
      }
    });
    for (const row of known.values()) if (!isUnder(row.path, walk.unreadable)) gone.push(row);
  }
  if (!options.only) tally.changed += await scanSingleFiles(db);
  const moves = await matchMoves(gone, fresh, signal);
  inTransaction(db, () => {
    for (const [row, seen] of moves) {
      const { path, modifiedAt } = seen.file;
      moveFile(db, row.id, { path, name: basename(path), folderId: seen.folder.id, modifiedAt });
    }
    const moved = new Set(moves.values());
    for (const seen of fresh) if (!moved.has(seen)) tally.added += addFile(db, seen);
    const lost = gone.filter((row) => !moves.has(row));
    tally.moved = moves.size;
    tally.removed = lost.length;
    removeFiles(
      db,
      lost.map((row) => row.id),
    );
  });
  return tally;
}

/** Files that were added by themselves: changed ones wait again; one that is gone keeps what it holds. */
async function scanSingleFiles(db: WriteDb): Promise<number> {
  let changed = 0;
  for (const row of singleFiles(db)) {
    const file = row.state === "waiting" ? null : await lookAt(row.path);
    if (!file || !hasChanged(row, file)) continue;
    markWaiting(db, row.id);
    changed += 1;
  }
  return changed;
}

function isToRead(row: FileRow, file: FoundFile, retryFailed: boolean): boolean {
  if (row.state === "waiting") return false;
  if (hasChanged(row, file)) return true;
  return retryFailed && row.state === "failed" && row.failure !== null && isWorthRetrying(row.failure);
}

/** A file of the collection that was added by itself before its folder was: now it is the folder's. */
function adopt(db: WriteDb, folder: WatchedFolder, path: string): FileRow | undefined {
  const row = findFile(db, folder.collectionId, path);
  if (row && row.folderId === null) setFileFolder(db, row.id, folder.id);
  return row;
}

function addFile(db: WriteDb, { folder, file }: Seen): number {
  const { path, bytes, modifiedAt } = file;
  const name = basename(path);
  return ensureFile(db, {
    collectionId: folder.collectionId,
    folderId: folder.id,
    path,
    name,
    bytes,
    modifiedAt,
  }).isNew
    ? 1
    : 0;
}

/** An empty folder on another file system than before is the mount point of a drive that is not there. */
function isDriveMissing(walk: Walk, known: number, device: string | null): boolean {
  return known > 0 && walk.files.length === 0 && device !== null && device !== walk.device;
}

function isUnder(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder + sep));
}

/** Pairs files that are gone with new ones of the same bytes in the same collection. */
async function matchMoves(
  gone: readonly FileRow[],
  fresh: readonly Seen[],
  signal: AbortSignal,
): Promise<Map<FileRow, Seen>> {
  const moves = new Map<FileRow, Seen>();
  const sizes = new Set(gone.filter((row) => row.contentHash !== null).map((row) => row.bytes));
  const open = new Set(gone);
  for (const seen of fresh) {
    if (!sizes.has(seen.file.bytes)) continue;
    const hash = await hashOrNull(seen.file.path, signal);
    const row = [...open].find(
      (one) => one.contentHash === hash && one.collectionId === seen.folder.collectionId,
    );
    if (!row || hash === null) continue;
    open.delete(row);
    moves.set(row, seen);
  }
  return moves;
}

async function hashOrNull(path: string, signal: AbortSignal): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    for await (const part of createReadStream(path, { signal })) hash.update(part as Buffer);
  } catch (error) {
    if (signal.aborted || !(error instanceof Error && "code" in error)) throw error;
    return null;
  }
  return hash.digest("hex");
}
