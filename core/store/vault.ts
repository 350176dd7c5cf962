import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../contract/errors.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { writeFileSafely } from "./safe-write.ts";
import { makeSlot, openSlot, parseSlot, type Slot } from "./slot.ts";

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
 * Gets the database key out of its slot; makes key and slot for a folder without a library. Never a
 * new key over an existing database: then `vault-damaged` (no slot is usable) or `vault-locked` (only
 * slots of another kind). What the wrapper rejects with passes through.
 */
export async function unlockVault(dataFolder: string, wrapper: KeyWrapper): Promise<UnlockedVault> {
  const paths = vaultPaths(dataFolder);
  await mkdir(paths.slots, { recursive: true, mode: 0o700 });
  const files = [join(paths.slots, `${wrapper.kind}.slot`), join(paths.slots, `${wrapper.kind}.slot.copy`)];
  const found = await readSlots(files, wrapper);
  if (found) {
    const { slot, key, inner } = found;
    if (!found.isWhole) await writeSlots(files, slot);
    return {
      key,
      vaultId: slot.vaultId,
      generation: slot.generation,
      protection: wrapper.kind,
      isNew: false,
      confirm: async (generation) =>
        writeSlots(
          files,
          await makeSlot(key, { vaultId: slot.vaultId, generation }, wrapper, { slot, inner }),
        ),
    };
  }
  const others = await slotKindsOf(dataFolder);
  if (others.length > 0) throw new AppError("vault-locked", { facts: { kinds: others.join(", ") } });
  if (existsSync(paths.database)) throw new AppError("vault-damaged", { facts: { part: "keys" } });
  return createVault(files, wrapper);
}

async function createVault(files: readonly string[], wrapper: KeyWrapper): Promise<UnlockedVault> {
  const key = new Uint8Array(randomBytes(32));
  const vaultId = randomBytes(16).toString("hex");
  await writeSlots(files, await makeSlot(key, { vaultId, generation: 0 }, wrapper));
  return {
    key,
    vaultId,
    generation: 0,
    protection: wrapper.kind,
    isNew: true,
    confirm: async (generation) => writeSlots(files, await makeSlot(key, { vaultId, generation }, wrapper)),
  };
}

async function writeSlots(files: readonly string[], slot: Slot): Promise<void> {
  const text = `${JSON.stringify(slot, null, 1)}\n`;
  for (const file of files) await writeFileSafely(file, text);
}

interface Found {
  readonly slot: Slot;
  readonly key: Uint8Array;
  readonly inner: Uint8Array;
  /** Both copies are there and say the same. */
  readonly isWhole: boolean;
}

/** The newest usable copy; damaged ones are set aside. Null: there is none. */
async function readSlots(files: readonly string[], wrapper: KeyWrapper): Promise<Found | null> {
  const read: { file: string; slot: Slot }[] = [];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const slot = parseSlot(await readFile(file, "utf8"));
    if (slot?.kind === wrapper.kind) read.push({ file, slot });
    else await setAside(file);
  }
  read.sort((a, b) => b.slot.generation - a.slot.generation);
  const isWhole =
    read.length === files.length && read.every(({ slot }) => slot.checksum === read[0]?.slot.checksum);
  const refusals: AppError[] = [];
  for (const { file, slot } of read) {
    try {
      const opened = await openSlot(slot, wrapper);
      if (opened) return { slot, ...opened, isWhole: isWhole && refusals.length === 0 };
      await setAside(file);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals[0]) throw refusals[0];
  return null;
}

async function setAside(file: string): Promise<void> {
  await rename(file, `${file}.damaged-${Date.now()}`);
}
