import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../core/contract/errors.ts";
import { createKeyFile, readKeyFile } from "../../core/store/key-file.ts";
import { makeFileKeyWrapper, type KeyWrapper } from "../../core/store/key-wrapper.ts";
import { slotKindsOf, unlockVault, vaultPaths, type UnlockedVault } from "../../core/store/vault.ts";

/** Where the database key comes from. */
export interface KeySource {
  /** True when nothing may be written before the person agreed to a key in a file. */
  needsChoice(): Promise<boolean>;
  /** Throws a vault-… AppError. */
  unlock(): Promise<UnlockedVault>;
  /** Agrees to a key in a file. Throws `not-allowed` where a keyring exists or a library is there. */
  makeDevelopmentKey(): Promise<void>;
}

export interface KeySourceOptions {
  readonly dataFolder: string;
  readonly hasKeyring: () => Promise<boolean>;
  readonly keyring: KeyWrapper;
}

/**
 * A library is opened by the slot it has. Only a folder without any library gets a new key: wrapped by
 * the keyring where there is one, by a file only once the person agreed; never silently, never unwrapped.
 */
export function makeKeySource(options: KeySourceOptions): KeySource {
  const keyFile = join(options.dataFolder, "development.key");

  async function developmentWrapper(): Promise<KeyWrapper> {
    try {
      return makeFileKeyWrapper("development", (await readKeyFile(keyFile)).key);
    } catch (error) {
      // The person reads "locked" and why; that a file is missing or mistyped is the cause.
      if (error instanceof AppError)
        throw new AppError("vault-locked", { facts: { part: "key" }, cause: error });
      throw error;
    }
  }

  async function wrapper(): Promise<KeyWrapper> {
    const kinds = await slotKindsOf(options.dataFolder);
    if (kinds.includes("os-keyring") && (await options.hasKeyring())) return options.keyring;
    if (kinds.includes("development")) return developmentWrapper();
    if (kinds.length > 0) throw new AppError("vault-locked", { facts: { kinds: kinds.join(", ") } });
    if (existsSync(keyFile)) return developmentWrapper();
    return options.keyring;
  }

  async function isUntouched(): Promise<boolean> {
    const { database } = vaultPaths(options.dataFolder);
    return (
      !existsSync(keyFile) && !existsSync(database) && (await slotKindsOf(options.dataFolder)).length === 0
    );
  }

  return {
    needsChoice: async () => (await isUntouched()) && !(await options.hasKeyring()),
    unlock: async () => unlockVault(options.dataFolder, await wrapper()),
    makeDevelopmentKey: async () => {
      if (!(await isUntouched()) || (await options.hasKeyring())) throw new AppError("not-allowed");
      await createKeyFile(keyFile);
    },
  };
}
