// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./driver.d.ts" />
import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import Database from "better-sqlite3-multiple-ciphers";
import { AppError } from "../contract/errors.ts";
import type { WriteDb } from "./handle.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { toStoreError } from "./store-error.ts";

export interface OpenOptions {
  /** The database file; its folder must exist. */
  readonly path: string;
  /** The raw 32-byte key. The caller may wipe it once this returns. */
  readonly key: Uint8Array;
  /** The compiled driver, where the package's own does not load (see build/setup). */
  readonly nativeBinding?: string | undefined;
  /** Milliseconds to wait for another process to let go of the file. */
  readonly wait?: number | undefined;
}

/**
 * Opens (or makes) the encrypted database, alone: a second process gets `vault-in-use`, and a kill
 * releases the lock. Migrated to the newest version. Fails with `vault-damaged` (also for a key that
 * is not this file's), `vault-from-newer-version`, `vault-in-use` or `disk-full`.
 */
export function openDatabase(options: OpenOptions): WriteDb {
  if (options.key.length !== 32) throw new Error("a database key has 32 bytes");
  const wasEmpty = forOwnerOnly(options.path);
  const raw = new Database(options.path, {
    timeout: options.wait ?? 500,
    ...(options.nativeBinding !== undefined && { nativeBinding: options.nativeBinding }),
  });
  const db = raw as unknown as WriteDb;
  try {
    unlock(db, options.key);
    configure(db);
    migrate(db, migrations);
    return db;
  } catch (error) {
    raw.close();
    const fault = toStoreError(error);
    // The cipher's salt is drawn for an empty file; meanwhile another start wrote the file with a salt of its own.
    const wasMadeMeanwhile = wasEmpty && fault instanceof AppError && fault.code === "vault-damaged";
    if (wasMadeMeanwhile && statSync(options.path).size > 0) return openDatabase(options);
    throw fault;
  }
}

/**
 * The file is its owner's alone, from before its first byte; the log that SQLite makes beside it takes its mode.
 * True: it is still empty.
 */
function forOwnerOnly(path: string): boolean {
  try {
    closeSync(openSync(path, "a", 0o600));
    chmodSync(path, 0o600);
    return statSync(path).size === 0;
  } catch (error) {
    throw toStoreError(error);
  }
}

function unlock(db: WriteDb, key: Uint8Array): void {
  const hex = Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("hex");
  db.pragma("cipher='sqlcipher'");
  db.pragma("legacy=0");
  db.pragma(`key="raw:${hex}"`);
  // The CBC and RC4 ciphers of this package return wrong rows for damaged pages without a word.
  if (
    db.pragma("cipher", { simple: true }) !== "sqlcipher" ||
    Number(db.pragma("legacy", { simple: true })) !== 0
  ) {
    throw new Error("the database driver did not take the cipher");
  }
}

function configure(db: WriteDb): void {
  // Temp files would hold plaintext: the package is compiled to keep them on disk.
  db.pragma("temp_store=MEMORY");
  // Before the first read: then the lock is ours for good, and there is no shared-memory file.
  db.pragma("locking_mode=EXCLUSIVE");
  // Has an effect on a file without a table only: free pages of a new library can go back to the disk.
  db.pragma("auto_vacuum=INCREMENTAL");
  db.pragma("secure_delete=ON");
  db.pragma("foreign_keys=ON");
  db.pragma("trusted_schema=OFF");
  db.pragma("cell_size_check=ON");
  db.pragma("mmap_size=0");
  db.pragma("cache_size=-65536");
  db.pragma("journal_size_limit=67108864");
  if (db.pragma("journal_mode=WAL", { simple: true }) !== "wal") {
    throw new AppError("vault-in-use");
  }
  db.pragma("synchronous=FULL");
  if (process.platform === "darwin") {
    db.pragma("fullfsync=ON");
    db.pragma("checkpoint_fullfsync=ON");
  }
  // Takes the exclusive lock now instead of at the first write.
  db.exec("BEGIN IMMEDIATE; COMMIT");
}
