import { isDiskFull } from "../../ballast.ts";
import type { WriteDb } from "../../handle.ts";
import { makeFileKeyWrapper } from "../../key-wrapper.ts";
import { openLibraryDatabase } from "../../library-database.ts";
import { unlockVault } from "../../vault.ts";

export interface OpenedFolder {
  readonly db: WriteDb;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The person is told that something is missing. */
  readonly isTold: boolean;
}

/** Opens the library of a folder as a start does: key, database, generation. */
export async function openFolder(folder: string): Promise<OpenedFolder> {
  const vault = await unlockVault(folder, makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1)));
  const { db, generation, isRolledBack, areChangesLost } = openLibraryDatabase(folder, vault);
  try {
    await vault.confirm(generation);
  } catch (error) {
    // A full disk keeps nobody from reading.
    if (!isDiskFull(error)) {
      db.close();
      throw error;
    }
  }
  return { db, key: vault.key, isTold: isRolledBack || areChangesLost };
}
