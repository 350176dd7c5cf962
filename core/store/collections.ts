import type { Collection } from "../contract/documents.ts";
import type { Reach } from "../contract/tiers.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

const select = `
  SELECT c.id, c.name, c.reach, coalesce(sum(n.files), 0) AS files, coalesce(sum(n.documents), 0) AS documents,
    coalesce(sum(n.passages), 0) AS passages
  FROM collections c LEFT JOIN file_counts n ON n.collection_id = c.id
  WHERE c.hidden = 0`;

/** All collections, oldest first, with what they hold. */
export function listCollections(db: ReadDb): Collection[] {
  return reading<Collection>(db, `${select} GROUP BY c.id ORDER BY c.id`).all();
}

export function getCollection(db: ReadDb, id: number): Collection | undefined {
  return reading<Collection>(db, `${select} AND c.id = ? GROUP BY c.id`).get(id);
}

/** The collection of that exact name. */
export function findCollection(db: ReadDb, name: string): Collection | undefined {
  return reading<Collection>(db, `${select} AND c.name = ? GROUP BY c.id`).get(name);
}

/** Returns the new id. The name must be free. */
export function insertCollection(db: WriteDb, name: string, reach: Reach): number {
  return Number(
    writing(db, "INSERT INTO collections (name, reach) VALUES (?, ?)").run(name, reach).lastInsertRowid,
  );
}

export function updateCollection(db: WriteDb, id: number, change: { name?: string; reach?: Reach }): void {
  writing(db, "UPDATE collections SET name = coalesce(?, name), reach = coalesce(?, reach) WHERE id = ?").run(
    change.name ?? null,
    change.reach ?? null,
    id,
  );
}
