import { randomBytes } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { chmod, open, rename, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../contract/errors.ts";
import { inTransaction, type WriteDb } from "./handle.ts";
import { toStoreError } from "./store-error.ts";

/**
 * A file of nothing beside the database. On a full disk even a deletion has to be written somewhere: this one is
 * given up then, so that the ends of calls and what a person removes can be.
 */
export interface Ballast {
  /** Makes it where it is missing and the disk has room beyond it; a disk that is full meanwhile is no fault. */
  restore(): Promise<void>;
  /** Gives its bytes back to the disk. False: there was nothing to give. */
  giveUp(): boolean;
  /** Ends a `restore` under way. */
  stop(): Promise<void>;
}

const usualBytes = 32 * 1024 * 1024;
const bytesAtOnce = 1024 * 1024;
/** It is made where so many times its size is free: a disk about to be full keeps its last room for the person. */
const margin = 4;

/** The ballast beside a database. `bytes`: its size. `givenUp` hears that the disk was full. */
export function makeBallast(
  databasePath: string,
  options: { readonly bytes?: number; readonly givenUp?: () => void } = {},
): Ballast {
  const { bytes = usualBytes, givenUp } = options;
  const path = ballastPath(databasePath);
  const controller = new AbortController();
  let run: Promise<void> | null = null;

  async function restore(): Promise<void> {
    if (sizeOf(path) === bytes) return;
    const { bavail, bsize } = await statfs(dirname(path));
    if (bavail * bsize < bytes * margin) return;
    const fresh = `${path}.new`;
    try {
      await fill(fresh, bytes, controller.signal);
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      if (!isDiskFull(error) && !controller.signal.aborted) throw toStoreError(error);
    }
  }

  return {
    restore: async () => {
      run ??= restore().finally(() => {
        run = null;
      });
      await run;
    },
    giveUp: () => {
      if (sizeOf(path) === 0) return false;
      rmSync(path, { force: true });
      givenUp?.();
      return true;
    },
    stop: async () => {
      controller.abort();
      await run?.catch(() => undefined);
    },
  };
}

/** Where the ballast of a database lies. */
export const ballastPath = (databasePath: string): string => join(dirname(databasePath), "library.ballast");

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Bytes that no file system makes smaller: zeros would take no room. */
async function fill(path: string, bytes: number, signal: AbortSignal): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await chmod(path, 0o600);
    const block = randomBytes(Math.min(bytes, bytesAtOnce));
    for (let left = bytes; left > 0; left -= block.length) {
      signal.throwIfAborted();
      await file.writeFile(block.subarray(0, Math.min(left, block.length)));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

const ballasts = new WeakMap<WriteDb, Ballast>();

/** From here on what must be written to this database may cost this ballast. */
export function useBallast(db: WriteDb, ballast: Ballast): void {
  ballasts.set(db, ballast);
}

/** True: `error` is a full disk, and there is room again, at the cost of the ballast; worth one more try. */
export function madeRoomFor(db: WriteDb, error: unknown): boolean {
  return isDiskFull(error) && (ballasts.get(db)?.giveUp() ?? false);
}

/** True for a write that failed because the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const fault = toStoreError(error);
  return fault instanceof AppError && fault.code === "disk-full";
}

/**
 * As `inTransaction`, for what has to be written on a full disk too: the end of a call, a removal. `work` may run
 * twice, and the first run is taken back.
 */
export function inReservedTransaction<Result>(db: WriteDb, work: () => Result): Result {
  // Within another one the retry is that one's.
  if (db.inTransaction) return work();
  try {
    return inTransaction(db, work);
  } catch (error) {
    if (!madeRoomFor(db, error)) throw error;
    return inTransaction(db, work);
  }
}
