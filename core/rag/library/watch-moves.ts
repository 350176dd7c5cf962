import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { KnownFile } from "../../store/files-on-disk.ts";
import type { WatchedFolder } from "../../contract/documents.ts";
import type { FoundFile } from "./watch-walk.ts";

/** A file on the disk as one of a watched folder's. */
export interface Seen {
  readonly folder: WatchedFolder;
  readonly file: FoundFile;
}

export interface Move {
  readonly seen: Seen;
  /** Its bytes are others by now, or may be. */
  readonly isChanged: boolean;
}

/**
 * Pairs rows whose file is gone with new files of the same collection, by maps: first the same file of the disk,
 * unchanged; then the same bytes; then the same file with other bytes. Only where a size was known before are bytes
 * read.
 */
export async function matchMoves(
  gone: readonly KnownFile[],
  fresh: readonly Seen[],
  signal: AbortSignal,
): Promise<Map<KnownFile, Move>> {
  const moves = new Map<KnownFile, Move>();
  let open = fresh;

  function pair(keyOfRow: (row: KnownFile) => string | null, keys: readonly (string | null)[]): void {
    const rows = new Map<string, KnownFile[]>();
    for (const row of gone.toReversed()) {
      const key = moves.has(row) ? null : keyOfRow(row);
      if (key === null) continue;
      const same = rows.get(key);
      if (same) same.push(row);
      else rows.set(key, [row]);
    }
    open = open.filter((seen, at) => {
      const key = keys[at] ?? null;
      const row = key === null ? undefined : rows.get(key)?.pop();
      if (row) moves.set(row, { seen, isChanged: row.bytes !== seen.file.bytes });
      return !row;
    });
  }

  pair((row) => keyOf(row.inode, row.collectionId, row.bytes, row.modifiedAt), open.map(keyOfUnchanged));
  const hashes = await hashesOf(open, sizesOf(gone, moves), signal);
  pair((row) => keyOf(row.contentHash, row.collectionId), hashes);
  const before = new Set(moves.keys());
  pair((row) => keyOf(row.inode, row.collectionId), open.map(keyOfSame));
  for (const [row, { seen }] of moves) if (!before.has(row)) moves.set(row, { seen, isChanged: true });
  return moves;
}

function keyOf(first: string | number | null, ...rest: readonly number[]): string | null {
  return first === null ? null : [first, ...rest].join(" ");
}

function keyOfUnchanged({ file, folder }: Seen): string | null {
  return keyOf(file.inode, folder.collectionId, file.bytes, file.modifiedAt);
}

function keyOfSame({ file, folder }: Seen): string | null {
  return keyOf(file.inode, folder.collectionId);
}

function sizesOf(gone: readonly KnownFile[], moves: ReadonlyMap<KnownFile, unknown>): Set<number> {
  return new Set(gone.filter((row) => row.contentHash !== null && !moves.has(row)).map((row) => row.bytes));
}

async function hashesOf(
  open: readonly Seen[],
  sizes: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<(string | null)[]> {
  const keys: (string | null)[] = [];
  for (const { file, folder } of open)
    keys.push(sizes.has(file.bytes) ? keyOf(await hashOrNull(file.path, signal), folder.collectionId) : null);
  return keys;
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
