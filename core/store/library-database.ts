import { AppError } from "../contract/errors.ts";
import type { WriteDb } from "./handle.ts";
import { inTransaction } from "./handle.ts";
import { getMeta, setMeta } from "./meta.ts";
import { openDatabase } from "./open.ts";
import { toStoreError } from "./store-error.ts";
import { vaultPaths, type Vault } from "./vault.ts";

export interface OpenLibrary {
  readonly db: WriteDb;
  /** To be confirmed to the vault once the database is open. */
  readonly generation: number;
  /** The database is older than its key: somebody put back an old copy. */
  readonly isRolledBack: boolean;
}

/** Opens the database of an unlocked vault and checks that the two belong together. */
export function openLibraryDatabase(dataFolder: string, vault: Vault, nativeBinding?: string): OpenLibrary {
  const db = openDatabase({ path: vaultPaths(dataFolder).database, key: vault.key, nativeBinding });
  try {
    const owner = getMeta(db, "vault-id");
    if (owner !== null && owner !== vault.vaultId)
      throw new AppError("vault-damaged", { facts: { part: "keys" } });
    const stored = Number(getMeta(db, "generation") ?? vault.generation);
    const generation = raiseGeneration(db, vault, Math.max(stored, vault.generation));
    return { db, generation, isRolledBack: stored < vault.generation };
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
