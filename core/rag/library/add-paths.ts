import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ensureFile, getFile } from "../../store/files.ts";
import { markWaiting, takeLeftOut } from "../../store/file-queue.ts";
import { ensureFolder, takeAgain } from "../../store/folders.ts";
import { inTransaction, type WriteDb } from "../../store/handle.ts";
import { hasChanged } from "./watch-rows.ts";
import { toFound, type FoundFile } from "./watch-walk.ts";

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
      const files: FoundFile[] = [];
      for (const given of paths) {
        const path = resolve(given);
        const facts = await stat(path).catch((error: unknown) => {
          if (error instanceof Error && "code" in error) return null;
          throw error;
        });
        if (!facts) missing.push(given);
        else if (facts.isDirectory()) folders.push(path);
        else files.push(toFound(path, facts));
      }
      return inTransaction(deps.db, () => {
        const ids = folders.map((path) => ensureFolder(deps.db, collectionId, path));
        for (const folderId of ids) takeAgain(deps.db, folderId);
        const taken = ids.reduce((sum, folderId) => sum + takeLeftOut(deps.db, folderId), 0);
        const added =
          taken + files.filter((file) => addFile(deps.db, collectionId, file, retryFailed)).length;
        return { added, folders, missing };
      });
    },
  };
}

/** True when the file is to be read. */
function addFile(db: WriteDb, collectionId: number, file: FoundFile, retryFailed: boolean): boolean {
  const name = basename(file.path);
  const { id, isNew } = ensureFile(db, { collectionId, folderId: null, name, ...file });
  if (isNew) return true;
  const row = getFile(db, id);
  if (!row || (row.state === "waiting" && !row.isLeftOut)) return false;
  if (!row.isLeftOut && !hasChanged(row, file) && !(retryFailed && row.state === "failed")) return false;
  markWaiting(db, id);
  return true;
}
