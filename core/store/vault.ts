import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../contract/errors.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { writeFileSafely } from "./safe-write.ts";
import { makeSlot, openSlot, parseSlot, type Slot } from "./slot.ts";
import { toStoreError } from "./store-error.ts";

/** An opened vault: the database key and what the database is checked against. */
export interface Vault {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly vaultId: string;
  readonly generation: number;
  readonly protection: KeyWrapper["kind"];
  readonly isNew: boolean;
}

export interface UnlockedVault extends Vault {
  /** Writes the generation the database was opened with beside the key. Leaving it out is harmless. */
  confirm(generation: number): Promise<void>;
}

/** Where a library's parts lie in its data folder. */
export function vaultPaths(dataFolder: string): { database: string; slots: string } {
  return { database: join(dataFolder, "library.db"), slots: join(dataFolder, "keys") };
}

/** The kinds of slot a library has: how it could be opened. Empty: none, or no library yet. */
export async function slotKindsOf(dataFolder: string): Promise<string[]> {
  const { slots } = vaultPaths(dataFolder);
  if (!existsSync(slots)) return [];
  const names = await readdir(slots);
  return [...new Set(names.flatMap((name) => /^([a-z-]+)\.slot(?:\.copy)?$/u.exec(name)?.[1] ?? []))];
}

/**
 * Gets the database key out of its slot; makes key and slot for a folder without a library. Of several that begin at
 * one moment one makes the key, and the others get that one. Never a new key over an existing database: then
 * `vault-damaged` (no slot is usable) or `vault-locked` (only slots of another kind, or another's keyring). A slot
 * of a newer Qwill is refused and left as it is: `vault-from-newer-version`. What the wrapper rejects with passes
 * through.
 */
export async function unlockVault(dataFolder: string, wrapper: KeyWrapper): Promise<UnlockedVault> {
  const paths = vaultPaths(dataFolder);
  const files = slotFiles(paths.slots, wrapper.kind);
  // Looked for before the slots: another first start makes its database after them.
  const hasDatabase = existsSync(paths.database);
  const found = await readSlots(files, wrapper);
  if (found) return openedVault(found, files, wrapper, false);
  const others = await slotKindsOf(dataFolder);
  if (others.length > 0 && !others.includes(wrapper.kind))
    throw new AppError("vault-locked", { facts: { kinds: others.join(", ") } });
  if (hasDatabase) throw new AppError("vault-damaged", { facts: { part: "keys" } });
  const made = await makeFirstSlots(paths.slots, wrapper);
  if (made) return openedVault(made, files, wrapper, true);
  // Another start was first: its key is this library's.
  return unlockVault(dataFolder, wrapper);
}

const slotFiles = (folder: string, kind: string): string[] => [
  join(folder, `${kind}.slot`),
  join(folder, `${kind}.slot.copy`),
];

function openedVault(
  { slot, key, inner }: Found,
  files: readonly string[],
  wrapper: KeyWrapper,
  isNew: boolean,
): UnlockedVault {
  return {
    key,
    vaultId: slot.vaultId,
    generation: slot.generation,
    protection: wrapper.kind,
    isNew,
    confirm: async (generation) => {
      for (const file of files) await makeRoom(file, slot.vaultId);
      await writeSlots(
        files,
        await makeSlot(key, { vaultId: slot.vaultId, generation }, wrapper, { slot, inner }),
      );
    },
  };
}

/**
 * Makes a key and its two slots, and gives the folder its name only when both are whole: whoever is first has made
 * the library's key. Null: another was first.
 */
async function makeFirstSlots(folder: string, wrapper: KeyWrapper): Promise<Found | null> {
  const key = new Uint8Array(randomBytes(32));
  const inner = new Uint8Array(randomBytes(32));
  const vaultId = randomBytes(16).toString("hex");
  const slot = await makeSlot(key, { vaultId, generation: 0 }, wrapper, { inner });
  const fresh = `${folder}.${process.pid}-${randomBytes(4).toString("hex")}.new`;
  await mkdir(fresh, { mode: 0o700 });
  try {
    await writeSlots(slotFiles(fresh, wrapper.kind), slot);
    const isFirst = await becomes(fresh, folder);
    return isFirst ? { slot, key, inner } : null;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Renames a folder to a name that nothing, or nothing but an empty folder, has. False: something is there. */
async function becomes(fresh: string, folder: string): Promise<boolean> {
  try {
    // What is left of damaged slots makes no key, and must not keep one from being made.
    await setAsideLeftOvers(folder);
    await rename(fresh, folder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "EPERM" || code === "EACCES")
      if (existsSync(folder)) return false;
    throw toStoreError(error);
  }
}

/** Takes an existing folder without a slot out of the way: an empty one goes, damaged slots keep their bytes. */
async function setAsideLeftOvers(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const names = await readdir(folder);
  if (names.some((name) => /\.slot(\.copy)?$/u.test(name))) return;
  for (const name of names) await rename(join(folder, name), `${folder}.${name}`).catch(ignoreGone);
  await rmdir(folder).catch(ignoreGone);
}

/** Another start did the same, or has put its slots there meanwhile. */
function ignoreGone(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
}

async function writeSlots(files: readonly string[], slot: Slot): Promise<void> {
  const text = `${JSON.stringify(slot, null, 1)}\n`;
  for (const file of files) await writeFileSafely(file, text);
}

/**
 * Nothing is written over a slot of another key or of a newer Qwill. The database was opened with our key, so the
 * other one is not its own: it is set aside, with its bytes.
 */
async function makeRoom(file: string, vaultId: string): Promise<void> {
  if (!existsSync(file)) return;
  const there = parseSlot(await readFile(file, "utf8"));
  if (there === "newer") throw new AppError("vault-from-newer-version", { facts: { part: "keys" } });
  if (there !== "damaged" && there.vaultId !== vaultId) await setAside(file);
}

interface Found {
  readonly slot: Slot;
  readonly key: Uint8Array;
  readonly inner: Uint8Array;
}

/** The newest usable copy, the other one made like it; damaged ones are set aside. Null: there is none. */
async function readSlots(files: readonly string[], wrapper: KeyWrapper): Promise<Found | null> {
  const read: Slot[] = [];
  const damaged: string[] = [];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const slot = parseSlot(await readFile(file, "utf8"));
    if (slot === "newer") throw new AppError("vault-from-newer-version", { facts: { part: "keys" } });
    if (slot === "damaged" || slot.kind !== wrapper.kind) damaged.push(file);
    else read.push(slot);
  }
  for (const file of damaged) await setAside(file);
  read.sort((a, b) => b.generation - a.generation);
  const refusals: unknown[] = [];
  for (const slot of read) {
    try {
      const opened = await openSlot(slot, wrapper);
      // What the keyring gave does not open it: it is somebody else's keyring, not a damaged slot.
      if (!opened) throw new AppError("vault-locked", { facts: { kinds: wrapper.kind } });
      const isWhole =
        read.length === files.length && read.every(({ checksum }) => checksum === slot.checksum);
      // Of two vaults' slots only the database can say which is its own: they stay as they are until it has.
      const isOneVault = read.every(({ vaultId }) => vaultId === slot.vaultId);
      if (!isWhole && isOneVault) await writeSlots(files, slot);
      return { slot, ...opened };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw refusals[0];
  return null;
}

async function setAside(file: string): Promise<void> {
  await rename(file, `${file}.damaged-${Date.now()}`);
}
