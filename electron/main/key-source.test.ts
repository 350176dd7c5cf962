import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeFileKeyWrapper } from "../../core/store/key-wrapper.ts";
import { vaultPaths } from "../../core/store/vault.ts";
import { makeKeySource } from "./key-source.ts";
import { hasKeyring, keyringWrapper, type Keyring } from "./secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qwill-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Scrambles so that what is wrapped is not the text, and fails for another login's bytes. */
function fakeKeyring(login: number): Keyring {
  const turn = (bytes: Buffer): Buffer => bytes.map((byte) => byte ^ login) as Buffer;
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => "gnome_libsecret",
    encryptString: (text) => turn(Buffer.from(`ok:${text}`)),
    decryptString: (bytes) => {
      const text = turn(bytes).toString();
      if (!text.startsWith("ok:")) throw new Error("not mine");
      return text.slice(3);
    },
  };
}

const source = (keyring: Keyring | null) =>
  makeKeySource({
    dataFolder: folder,
    hasKeyring: async () => keyring !== null && hasKeyring(keyring, "linux"),
    keyring: keyring ? keyringWrapper(keyring) : makeFileKeyWrapper("development", new Uint8Array(32)),
  });

describe("the key of the library", () => {
  test("is wrapped by the keyring where there is one, and the same the next time", async () => {
    const first = await source(fakeKeyring(9)).unlock();
    expect(first).toMatchObject({ protection: "os-keyring", isNew: true });
    const again = await source(fakeKeyring(9)).unlock();
    expect(again.key).toEqual(first.key);
    expect(again.isNew).toBe(false);
  });

  // guide: "If your system has no keyring, Qwill asks where the key of your library should be kept
  // before it writes anything."
  test("without a keyring nothing is written before the person agreed", async () => {
    expect(await source(null).needsChoice()).toBe(true);
    expect(existsSync(vaultPaths(folder).slots)).toBe(false);
    await source(null).makeDevelopmentKey();
    expect(await source(null).needsChoice()).toBe(false);
    expect((await source(null).unlock()).protection).toBe("development");
  });

  test("a key in a file is refused where a keyring exists", async () => {
    await expect(source(fakeKeyring(9)).makeDevelopmentKey()).rejects.toMatchObject({ code: "not-allowed" });
  });

  test("another login's keyring, or none, leaves the library locked and its key as it was", async () => {
    const { key } = await source(fakeKeyring(9)).unlock();
    await expect(source(fakeKeyring(5)).unlock()).rejects.toMatchObject({ code: "vault-locked" });
    await expect(source(null).unlock()).rejects.toMatchObject({ code: "vault-locked" });
    expect(await source(null).needsChoice()).toBe(false);
    expect((await source(fakeKeyring(9)).unlock()).key).toEqual(key);
  });

  test("never makes a new key over a library whose key is gone", async () => {
    writeFileSync(vaultPaths(folder).database, "something");
    expect(await source(null).needsChoice()).toBe(false);
    await expect(source(fakeKeyring(9)).unlock()).rejects.toMatchObject({ code: "vault-damaged" });
    await expect(source(null).makeDevelopmentKey()).rejects.toMatchObject({ code: "not-allowed" });
  });

  test.each(["basic_text", "unknown"])("the backend %s is no keyring", async (backend) => {
    const open = { ...fakeKeyring(9), getSelectedStorageBackend: () => backend };
    expect(await hasKeyring(open, "linux")).toBe(false);
    expect(await hasKeyring(open, "darwin")).toBe(true);
  });
});
