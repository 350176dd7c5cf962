import { AppError } from "../contract/errors.ts";
import type { WriteDb } from "./handle.ts";
import { inTransaction } from "./handle.ts";
import { isLogBroken } from "./log-check.ts";
import { getMeta, setMeta } from "./meta.ts";
import { openDatabase } from "./open.ts";
import { closeToOthers } from "./owner-only.ts";
import { toStoreError } from "./store-error.ts";
import { vaultPaths, type Vault } from "./vault.ts";

export interface OpenLibrary {
  readonly db: WriteDb;
  /** To be confirmed to the vault once the database is open. */
  readonly generation: number;
  /** The database is older than its key: somebody put back an old copy. */
  readonly isRolledBack: boolean;
  /** The log of a run that did not end well was damaged: what it held is not in the database, or not all of it. */
  readonly areChangesLost: boolean;
}

/** Opens the database of an unlocked vault and checks that the two belong together. */
export function openLibraryDatabase(dataFolder: string, vault: Vault, nativeBinding?: string): OpenLibrary {
  closeToOthers(dataFolder);
  const path = vaultPaths(dataFolder).database;
  const areChangesLost = isLogBroken(path);
  const db = openDatabase({ path, key: vault.key, nativeBinding });
  try {
    const owner = getMeta(db, "vault-id");
    if (owner !== null && owner !== vault.vaultId)
      throw new AppError("vault-damaged", { facts: { part: "keys" } });
    // None in the database, and one beside its key: it lost everything.
    const stored = Number(getMeta(db, "generation") ?? 0);
    const generation = raiseGeneration(db, vault, Math.max(stored, vault.generation));
    return { db, generation, isRolledBack: !areChangesLost && stored < vault.generation, areChangesLost };
  } catch (error) {
    db.close();
    throw toStoreError(error);
  }
}

/** The next generation, stored; on a full disk the one that is there, so that a person can still read. */
function raiseGeneration(db: WriteDb, vault: Vault, generation: number): number {
  try {
    inTransaction(db, () => {
      setMeta(db, "vault-id", vault.vaultId);
      setMeta(db, "generation", String(generation + 1));
    });
    return generation + 1;
  } catch (error) {
    const fault = toStoreError(error);
    if (fault instanceof AppError && fault.code === "disk-full" && getMeta(db, "vault-id") !== null)
      return generation;
    throw fault;
  }
}
