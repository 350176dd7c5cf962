import { sep } from "node:path";
import { failure as failureSchema, type Failure } from "../contract/errors.ts";
import { foldName } from "./fold-name.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** What a scan compares with the disk. */
export interface KnownFile {
  readonly id: number;
  readonly collectionId: number;
  readonly folderId: number | null;
  readonly path: string;
  readonly bytes: number;
  /** Unix milliseconds, with the file system's fraction. */
  readonly modifiedAt: number;
  /** The file's number in its file system; null where it does not tell files apart. */
  readonly inode: number | null;
  /** SHA-256 of the bytes that were read, hex; null before the first reading. */
  readonly contentHash: string | null;
  readonly state: "waiting" | "stored" | "failed";
  readonly failure: Failure | null;
}

interface Raw extends Omit<KnownFile, "failure"> {
  readonly failure: string | null;
}

const columns = `id, collection_id AS collectionId, folder_id AS folderId, path, bytes, modified_at AS modifiedAt,
  inode, nullif(lower(hex(content_hash)), '') AS contentHash, state, failure`;

function toKnownFile(raw: Raw): KnownFile {
  return raw.failure === null
    ? { ...raw, failure: null }
    : { ...raw, failure: failureSchema.parse(JSON.parse(raw.failure)) };
}

/** The file of a collection that stands under this path. */
export function fileAt(db: ReadDb, collectionId: number, path: string): KnownFile | undefined {
  const raw = reading<Raw>(db, `SELECT ${columns} FROM files WHERE collection_id = ? AND path = ?`).get(
    collectionId,
    path,
  );
  return raw && toKnownFile(raw);
}

/** Up to `most` files of a watched folder, by id, from the one after `afterId`. */
export function filesOfFolder(db: ReadDb, folderId: number, afterId: number, most: number): KnownFile[] {
  return reading<Raw>(db, `SELECT ${columns} FROM files WHERE folder_id = ? AND id > ? ORDER BY id LIMIT ?`)
    .all(folderId, afterId, most)
    .map(toKnownFile);
}

/** Up to `most` files of a collection below a directory, by path, from the one after `afterPath`. */
export function filesUnder(
  db: ReadDb,
  collectionId: number,
  directory: string,
  afterPath: string,
  most: number,
): KnownFile[] {
  const { first, end } = rangeUnder(directory);
  return reading<Raw>(
    db,
    `SELECT ${columns} FROM files WHERE collection_id = ? AND path > ? AND path < ? ORDER BY path LIMIT ?`,
  )
    .all(collectionId, afterPath > first ? afterPath : first, end, most)
    .map(toKnownFile);
}

/** The part of a watched folder below one of its directories. */
export interface FolderPart {
  readonly collectionId: number;
  readonly folderId: number;
  readonly path: string;
}

/**
 * Renames files of a watched folder that stand below a directory, which is called otherwise now, up to `most` a step;
 * a step gives how many. `to`: where it lies now, in a watched folder of the same collection. The new place has to be free, and
 * neither may lie in the other. What was taken off the folder's list stays off.
 */
export function* moveFilesUnder(
  db: WriteDb,
  from: FolderPart,
  to: FolderPart,
  most: number,
): Generator<number, void> {
  const { first, end } = rangeUnder(from.path);
  const places = {
    to: to.path,
    // SQLite counts characters where JavaScript counts UTF-16 units.
    length: [...from.path].length,
    collectionId: from.collectionId,
    fromFolderId: from.folderId,
  };
  const toFolder = { ...places, toFolderId: to.folderId };
  writing(
    db,
    `UPDATE OR IGNORE left_out SET path = @to || substr(path, @length + 1), folder_id = @toFolderId
     WHERE folder_id = @fromFolderId AND path > @first AND path < @end`,
  ).run({ ...toFolder, first, end });
  const lastOf = reading<{ path: string }>(
    db,
    "SELECT path FROM files WHERE collection_id = ? AND path >= ? AND path < ? ORDER BY path LIMIT 1 OFFSET ?",
  );
  // A folder that is set is written in its index, whether it changes or not. A range of paths for each step costs
  // less than a list of ids.
  const isSameFolder = to.folderId === from.folderId;
  const move = writing(
    db,
    `UPDATE files SET path = @to || substr(path, @length + 1)${isSameFolder ? "" : ", folder_id = @toFolderId"}
     WHERE collection_id = @collectionId AND path >= @after AND path < @before AND +folder_id = @fromFolderId`,
  );
  for (let after = first; after < end;) {
    const before = lastOf.get(from.collectionId, after, end, most)?.path ?? end;
    yield move.run({ ...(isSameFolder ? places : toFolder), after, before }).changes;
    after = before;
  }
}

/** Puts files of a collection below a directory that were looked for under an old name back on the list to be read. */
export function retryMissingUnder(db: WriteDb, collectionId: number, directory: string): void {
  const { first, end } = rangeUnder(directory);
  writing(
    db,
    `UPDATE files SET state = 'waiting' WHERE list_group = 'failed' AND failure ->> 'code' = 'file-missing'
       AND +collection_id = ? AND +path > ? AND +path < ?`,
  ).run(collectionId, first, end);
}

/** A file that was renamed or moved: its documents and vectors stay as they are. */
export function moveFile(
  db: WriteDb,
  id: number,
  to: {
    readonly path: string;
    readonly name: string;
    readonly folderId: number | null;
    readonly modifiedAt: number;
    readonly inode: number | null;
  },
): void {
  writing(
    db,
    "UPDATE files SET path = ?, name = ?, name_key = ?, folder_id = ?, modified_at = ?, inode = ? WHERE id = ?",
  ).run(to.path, to.name, foldName(to.name), to.folderId, to.modifiedAt, to.inode, id);
}

export function setInode(db: WriteDb, id: number, inode: number | null): void {
  writing(db, "UPDATE files SET inode = ? WHERE id = ?").run(inode, id);
}

/** The paths below a directory are those between these two, both left out. */
function rangeUnder(directory: string): { first: string; end: string } {
  const base = directory.endsWith(sep) ? directory.slice(0, -1) : directory;
  return { first: base + sep, end: base + String.fromCharCode(sep.charCodeAt(0) + 1) };
}
