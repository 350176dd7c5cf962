import type { WatchedFolder } from "../contract/documents.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

interface Row extends Omit<WatchedFolder, "reachable"> {
  readonly reachable: number;
}

/** All watched folders, by path. */
export function listFolders(db: ReadDb): WatchedFolder[] {
  return reading<Row>(
    db,
    `SELECT d.id, d.collection_id AS collectionId, d.path, d.reachable,
       (SELECT count(*) FROM files f WHERE f.folder_id = d.id) AS files
     FROM folders d ORDER BY d.path, d.id`,
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

export function setFolderReachable(db: WriteDb, id: number, reachable: boolean): void {
  writing(db, "UPDATE folders SET reachable = ? WHERE id = ?").run(reachable ? 1 : 0, id);
}

/** Stops the watching; files of the folder stay and belong to none. */
export function deleteFolder(db: WriteDb, id: number): void {
  writing(db, "DELETE FROM folders WHERE id = ?").run(id);
}
