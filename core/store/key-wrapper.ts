import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError, type ErrorCode } from "../contract/errors.ts";

/** What protects the key of a library. Passphrase, recovery code and escrow will be further kinds. */
export const slotKinds = ["os-keyring", "development", "key-file"] as const;
export type SlotKind = (typeof slotKinds)[number];

/**
 * Encrypts and decrypts 32 bytes with something only this person or machine has. `unwrap` of another's
 * bytes rejects with an AppError (`vault-locked`, `key-file-wrong`), never returns something else.
 */
export interface KeyWrapper {
  readonly kind: SlotKind;
  wrap(secret: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** AES-256-GCM: nonce, cipher text, tag. `bound` is authenticated with it. */
export function seal(key: Uint8Array, secret: Uint8Array, bound: string): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(bound));
  return new Uint8Array(Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]));
}

/** Opens what `seal` made; null when key, bytes or `bound` are not the ones it was made with. */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound: string): Uint8Array | null {
  if (sealed.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-16));
  const opened = decipher.update(sealed.subarray(12, -16));
  try {
    decipher.final();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  return new Uint8Array(opened);
}

/** A wrapper from 32 bytes that lie in a file: a person's key file, or the development key. */
export function makeFileKeyWrapper(kind: "key-file" | "development", key: Uint8Array): KeyWrapper {
  const bound = `qwill-${kind}`;
  const wrong: ErrorCode = kind === "key-file" ? "key-file-wrong" : "vault-locked";
  return {
    kind,
    wrap: async (secret) => seal(key, secret, bound),
    unwrap: async (wrapped) => {
      const secret = unseal(key, wrapped, bound);
      if (!secret) throw new AppError(wrong);
      return secret;
    },
  };
}
