import { AppError } from "../../contract/errors.ts";
import { getCollection } from "../../store/collections.ts";
import { getDocument } from "../../store/documents.ts";
import { getFile } from "../../store/files.ts";
import { deleteFolder, leaveOut, releaseFiles } from "../../store/folders.ts";
import { inReservedTransaction } from "../../store/ballast.ts";
import type { WriteDb } from "../../store/handle.ts";
import { hideCollection } from "../../store/hidden.ts";
import { removeDocument, removeFiles, removeFilesOfFolder } from "../../store/remove.ts";
import { otherWork } from "../index/other-work.ts";

/**
 * What a person takes out of the library. It is out of every list and search when these resolve; what it held is
 * swept in slices afterwards (`Library.whenIdle`), also by the next start. Ids that do not exist: `not-found`.
 */
export interface Removal {
  removeCollection(id: number): Promise<void>;
  /** Ids that are gone already are passed over. */
  removeFiles(fileIds: readonly number[]): Promise<void>;
  /** Removes one document; a file that holds no other goes with it. */
  removeDocument(id: number): Promise<void>;
  /** Stops the watching of a folder; its files go, or stay and belong to none. */
  removeFolder(id: number, removeFiles: boolean): Promise<void>;
}

export interface RemovalDeps {
  readonly db: WriteDb;
  /** Something was taken out of sight. */
  readonly removed: () => void;
  /** The list of watched folders changed. */
  readonly foldersChanged: () => void;
}

/** Files taken out of sight in one transaction. */
const filesAtOnce = 500;

export function makeRemoval({ db, removed, foldersChanged }: RemovalDeps): Removal {
  return {
    removeCollection: async (id) => {
      if (!getCollection(db, id)) throw new AppError("not-found");
      hideCollection(db, id);
      removed();
      foldersChanged();
    },
    removeFiles: async (fileIds) => {
      for (let at = 0; at < fileIds.length; at += filesAtOnce) {
        if (at > 0) await otherWork();
        const slice = fileIds.slice(at, at + filesAtOnce);
        inReservedTransaction(db, () => {
          leaveOut(db, slice);
          removeFiles(db, slice);
        });
      }
      removed();
    },
    removeDocument: async (id) => {
      const found = getDocument(db, id);
      if (!found) throw new AppError("not-found");
      const file = getFile(db, found.fileId);
      inReservedTransaction(db, () => {
        if (file?.documents === 1) leaveOut(db, [file.id]);
        removeDocument(db, id);
      });
      removed();
    },
    removeFolder: async (id, withFiles) => {
      const take = withFiles ? removeFilesOfFolder : releaseFiles;
      while (take(db, id, filesAtOnce) === filesAtOnce) await otherWork();
      deleteFolder(db, id);
      removed();
      foldersChanged();
    },
  };
}
