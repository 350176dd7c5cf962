import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ensureFile, findFile, markWaiting } from "../../store/files.ts";
import { ensureFolder, takeAgain } from "../../store/folders.ts";
import type { WriteDb } from "../../store/handle.ts";
import { hasChanged } from "../watch-scan.ts";

export interface AddResult {
  /** Files that are new or to be read again. */
  readonly added: number;
  /** Folders that are watched from now on. */
  readonly folders: readonly string[];
  /** Paths that lead nowhere. */
  readonly missing: readonly string[];
}

export interface Adder {
  add(collectionId: number, paths: readonly string[], retryFailed: boolean): Promise<AddResult>;
}

/** Takes single files by name whatever they are (an unknown one fails with its reason), and folders. */
export function makeAdder(deps: {
  readonly db: WriteDb;
  readonly isReadable: (path: string) => boolean;
}): Adder {
  return {
    add: async (collectionId, paths, retryFailed) => {
      const folders: string[] = [];
      const missing: string[] = [];
      let added = 0;
      for (const given of paths) {
        const path = resolve(given);
        const facts = await stat(path).catch((error: unknown) => {
          if (error instanceof Error && "code" in error) return null;
          throw error;
        });
        if (!facts) missing.push(given);
        else if (facts.isDirectory()) {
          takeAgain(deps.db, ensureFolder(deps.db, collectionId, path));
          folders.push(path);
        } else
          added += addFile(
            deps.db,
            collectionId,
            path,
            { bytes: facts.size, modifiedAt: facts.mtimeMs },
            retryFailed,
          );
      }
      return { added, folders, missing };
    },
  };
}

function addFile(
  db: WriteDb,
  collectionId: number,
  path: string,
  seen: { bytes: number; modifiedAt: number },
  retryFailed: boolean,
): number {
  const { id, isNew } = ensureFile(db, { collectionId, folderId: null, path, name: basename(path), ...seen });
  if (isNew) return 1;
  const row = findFile(db, collectionId, path);
  if (!row || row.state === "waiting") return 0;
  if (!hasChanged(row, seen) && !(retryFailed && row.state === "failed")) return 0;
  markWaiting(db, id);
  return 1;
}
