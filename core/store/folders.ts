import type { WatchedFolder } from "../contract/documents.ts";
import { hiddenCollections } from "./hidden.ts";
import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

interface Row extends Omit<WatchedFolder, "reachable"> {
  readonly reachable: number;
}

/** All watched folders, by path. */
export function listFolders(db: ReadDb): WatchedFolder[] {
  return reading<Row>(
    db,
    `SELECT id, collection_id AS collectionId, path, reachable, files FROM folders
     WHERE collection_id NOT IN ${hiddenCollections} ORDER BY path, id`,
  )
    .all()
    .map((row) => ({ ...row, reachable: row.reachable === 1 }));
}

/** The id of the folder in that collection, made where it is new. */
export function ensureFolder(db: WriteDb, collectionId: number, path: string): number {
  writing(db, "INSERT INTO folders (collection_id, path) VALUES (?, ?) ON CONFLICT DO NOTHING").run(
    collectionId,
    path,
  );
  const row = reading<{ id: number }>(db, "SELECT id FROM folders WHERE collection_id = ? AND path = ?").get(
    collectionId,
    path,
  );
  if (!row) throw new Error("a folder just written is not there");
  return row.id;
}

/** The file system the folder was last seen on: an empty folder on another one is a drive not there. */
export function folderDevice(db: ReadDb, id: number): string | null {
  return (
    reading<{ device: string | null }>(db, "SELECT device FROM folders WHERE id = ?").get(id)?.device ?? null
  );
}

export function setFolderDevice(db: WriteDb, id: number, device: string): void {
  writing(db, "UPDATE folders SET device = ? WHERE id = ? AND device IS NOT ?").run(device, id, device);
}

export function setFolderReachable(db: WriteDb, id: number, reachable: boolean): void {
  writing(db, "UPDATE folders SET reachable = ? WHERE id = ?").run(reachable ? 1 : 0, id);
}

/** Lets up to `most` files of a folder belong to none; gives how many. */
export function releaseFiles(db: WriteDb, folderId: number, most: number): number {
  const release = writing(
    db,
    "UPDATE files SET folder_id = NULL WHERE id IN (SELECT id FROM files WHERE folder_id = ? LIMIT ?)",
  );
  return inReservedTransaction(db, () => release.run(folderId, most).changes);
}

/** Stops the watching; files of the folder stay and belong to none. */
export function deleteFolder(db: WriteDb, id: number): void {
  const remove = writing(db, "DELETE FROM folders WHERE id = ?");
  inReservedTransaction(db, () => remove.run(id));
}

/** Files a person took out of a watched folder's list: they do not come back by themselves. */
export function leaveOut(db: WriteDb, fileIds: readonly number[]): void {
  writing(
    db,
    `INSERT INTO left_out (folder_id, path) SELECT folder_id, path FROM files
     WHERE folder_id IS NOT NULL AND id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING`,
  ).run(JSON.stringify(fileIds));
}

/** Takes everything of a folder again (it was added anew). */
export function takeAgain(db: WriteDb, folderId: number): void {
  writing(db, "DELETE FROM left_out WHERE folder_id = ?").run(folderId);
}

/** True for a path that was taken out of the folder's list. */
export function isLeftOut(db: ReadDb, folderId: number, path: string): boolean {
  return (
    reading(db, "SELECT 1 FROM left_out WHERE folder_id = ? AND path = ?").get(folderId, path) !== undefined
  );
}

export function leftOutOf(db: ReadDb, folderId: number): Set<string> {
  const rows = reading<{ path: string }>(db, "SELECT path FROM left_out WHERE folder_id = ?").all(folderId);
  return new Set(rows.map((row) => row.path));
}
