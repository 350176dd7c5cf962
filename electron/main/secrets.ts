import { AppError } from "../../core/contract/errors.ts";
import type { KeyWrapper } from "../../core/store/key-wrapper.ts";

/** The part of Electron's safeStorage that is used; the newer calls are missing in older runtimes. */
export interface Keyring {
  isEncryptionAvailable(): boolean;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptString(bytes: Buffer): string;
  decryptStringAsync?(bytes: Buffer): Promise<{ result: string }>;
}

/** Backends of Linux that keep the password in the open, or are not known. */
const openBackends = new Set(["basic_text", "unknown"]);

/** True where the system keeps a secret for us, behind the person's login. After `ready`. */
export async function hasKeyring(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === "linux" && openBackends.has(keyring.getSelectedStorageBackend?.() ?? "unknown"))
    return false;
  return keyring.isAsyncEncryptionAvailable
    ? keyring.isAsyncEncryptionAvailable()
    : keyring.isEncryptionAvailable();
}

/** Wraps the database key with the system's keyring. */
export function keyringWrapper(keyring: Keyring): KeyWrapper {
  return {
    kind: "os-keyring",
    wrap: async (secret) => {
      const text = Buffer.from(secret).toString("base64");
      const wrapped = keyring.encryptStringAsync
        ? await keyring.encryptStringAsync(text)
        : keyring.encryptString(text);
      return new Uint8Array(wrapped);
    },
    unwrap: async (wrapped) => {
      try {
        const bytes = Buffer.from(wrapped);
        const text = keyring.decryptStringAsync
          ? (await keyring.decryptStringAsync(bytes)).result
          : keyring.decryptString(bytes);
        return new Uint8Array(Buffer.from(text, "base64"));
      } catch (cause) {
        // Another login, a reset keyring, somebody else's file: the keyring says no more than no.
        throw new AppError("vault-locked", { cause });
      }
    },
  };
}
