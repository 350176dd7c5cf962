import type { Collection } from "../../contract/documents.ts";
import { AppError } from "../../contract/errors.ts";
import type { LibraryChange } from "../../contract/library-change.ts";
import type { Reach } from "../../contract/tiers.ts";
import {
  findCollection,
  getCollection,
  insertCollection,
  listCollections,
  updateCollection,
} from "../../store/collections.ts";
import type { WriteDb } from "../../store/handle.ts";

/** The collections of a library. Ids that do not exist: `not-found`; a name of another: `bad-request`. */
export interface Collections {
  listCollections(): Collection[];
  createCollection(name: string): Collection;
  /** The collection of that name, made where it is new. */
  ensureCollection(name: string): Collection;
  updateCollection(id: number, change: { name?: string | undefined; reach?: Reach | undefined }): Collection;
}

/** Names or reaches of collections changed, and no file. */
const onlyCounts: LibraryChange = { files: [], lists: false };

/** The collection, or `not-found`. */
export function collectionOf(db: WriteDb, id: number): Collection {
  const found = getCollection(db, id);
  if (!found) throw new AppError("not-found");
  return found;
}

export function makeCollections(db: WriteDb, changed: (change: LibraryChange) => void): Collections {
  function createCollection(name: string): Collection {
    if (findCollection(db, name))
      throw new AppError("bad-request", { facts: { reason: "name-taken", name } });
    // How far its text may travel is for the person to widen, never for us to assume.
    const made = collectionOf(db, insertCollection(db, name, "device"));
    changed(onlyCounts);
    return made;
  }

  return {
    listCollections: () => listCollections(db),
    createCollection,
    ensureCollection: (name) => findCollection(db, name) ?? createCollection(name),
    updateCollection: (id, change) => {
      const other = change.name === undefined ? undefined : findCollection(db, change.name);
      if (other && other.id !== id)
        throw new AppError("bad-request", { facts: { reason: "name-taken", name: other.name } });
      collectionOf(db, id);
      updateCollection(db, id, {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.reach && { reach: change.reach }),
      });
      changed(onlyCounts);
      return collectionOf(db, id);
    },
  };
}
