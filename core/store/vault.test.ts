import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createKeyFile, readKeyFile } from "./key-file.ts";
import { makeFileKeyWrapper } from "./key-wrapper.ts";
import { openLibraryDatabase } from "./library-database.ts";
import { temporaryFolder } from "./testing/test-database.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { unlockVault, vaultPaths } from "./vault.ts";

const wrapper = makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1));
const stranger = makeFileKeyWrapper("key-file", new Uint8Array(32).fill(2));

async function openOnce(folder: string): Promise<{ generation: number; isRolledBack: boolean }> {
  const vault = await unlockVault(folder, wrapper);
  const { db, generation, isRolledBack } = openLibraryDatabase(folder, vault);
  await vault.confirm(generation);
  db.close();
  return { generation, isRolledBack };
}

describe("a key file", () => {
  test("is made once, for its owner only, and read back", async () => {
    const path = join(temporaryFolder(), "new/mine.key");
    await createKeyFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { key, isOpenToOthers } = await readKeyFile(path);
    expect([key.length, isOpenToOthers]).toEqual([32, false]);
    await expect(createKeyFile(path)).rejects.toThrow("not-allowed");
    chmodSync(path, 0o644);
    expect((await readKeyFile(path)).isOpenToOthers).toBe(true);
  });

  test("with a wrong letter, or none at all, is refused by name", async () => {
    const path = join(temporaryFolder(), "mine.key");
    await expect(readKeyFile(path)).rejects.toThrow("file-missing");
    await createKeyFile(path);
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace(/:(.)/u, (_, first: string) => `:${first === "a" ? "b" : "a"}`),
    );
    await expect(readKeyFile(path)).rejects.toThrow("key-file-invalid");
    writeFileSync(path, "hello");
    await expect(readKeyFile(path)).rejects.toThrow("key-file-invalid");
  });
});

describe("the vault", () => {
  test("gives the same key again, and none to a stranger", async () => {
    const folder = temporaryFolder();
    const first = await unlockVault(folder, wrapper);
    expect(first.isNew).toBe(true);
    const again = await unlockVault(folder, wrapper);
    expect([again.isNew, Buffer.from(again.key).equals(Buffer.from(first.key))]).toEqual([false, true]);
    await expect(unlockVault(folder, stranger)).rejects.toThrow("key-file-wrong");
    await expect(unlockVault(folder, makeFileKeyWrapper("development", new Uint8Array(32)))).rejects.toThrow(
      "vault-locked",
    );
  });

  test("heals from its second copy and sets the damaged one aside", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const { slots } = vaultPaths(folder);
    for (const name of ["key-file.slot", "key-file.slot.copy"]) {
      const text = readFileSync(join(slots, name), "utf8");
      for (const damaged of [
        "",
        "{",
        text.slice(0, 100),
        text.replace(/"generation": \d+/u, '"generation": 7'),
      ]) {
        writeFileSync(join(slots, name), damaged);
        await openOnce(folder);
        expect(readFileSync(join(slots, "key-file.slot"), "utf8")).toBe(
          readFileSync(join(slots, "key-file.slot.copy"), "utf8"),
        );
      }
    }
    expect(readdirSync(slots).filter((name) => name.includes("damaged"))).not.toHaveLength(0);
  });

  test("never makes a new key over an existing database", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const { slots, database } = vaultPaths(folder);
    for (const name of readdirSync(slots)) writeFileSync(join(slots, name), "broken");
    const before = readFileSync(database);
    await expect(unlockVault(folder, wrapper)).rejects.toThrow("vault-damaged");
    await expect(unlockVault(folder, wrapper)).rejects.toThrow("vault-damaged");
    expect(existsSync(join(slots, "key-file.slot"))).toBe(false);
    expect(readFileSync(database).equals(before)).toBe(true);
  });

  test("notices a database put back from an older copy, and one of another vault", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const { database } = vaultPaths(folder);
    copyFileSync(database, `${database}.old`);
    await openOnce(folder);
    expect((await openOnce(folder)).isRolledBack).toBe(false);
    copyFileSync(`${database}.old`, database);
    expect((await openOnce(folder)).isRolledBack).toBe(true);
    rmSync(database);
    // Nothing left of it at all is older than its key, too.
    expect((await openOnce(folder)).isRolledBack).toBe(true);
    const other = temporaryFolder();
    await openOnce(other);
    rmSync(database);
    copyFileSync(vaultPaths(other).database, database);
    await expect(openOnce(folder)).rejects.toThrow("vault-damaged");
  });
});

const slotNames = ["key-file.slot", "key-file.slot.copy"] as const;

describe("a slot", () => {
  test("of a newer Qwill is refused by name and left as it is", async () => {
    for (const name of slotNames) {
      const folder = temporaryFolder();
      await openOnce(folder);
      const { slots } = vaultPaths(folder);
      const newer = JSON.stringify({ format: "qwill-slot", version: 2, words: "of tomorrow" });
      writeFileSync(join(slots, name), newer);
      await expect(unlockVault(folder, wrapper)).rejects.toThrow("vault-from-newer-version");
      expect(readFileSync(join(slots, name), "utf8")).toBe(newer);
      expect(readdirSync(slots).toSorted()).toEqual(slotNames.toSorted());
    }
  });

  test("of a newer Qwill that came while the library was open is not written over", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const vault = await unlockVault(folder, wrapper);
    const newer = JSON.stringify({ format: "qwill-slot", version: 2, words: "of tomorrow" });
    const file = join(vaultPaths(folder).slots, "key-file.slot.copy");
    writeFileSync(file, newer);
    await expect(vault.confirm(vault.generation + 1)).rejects.toThrow("vault-from-newer-version");
    expect(readFileSync(file, "utf8")).toBe(newer);
  });

  test("is left as it is when a keyring answers with nonsense", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const { slots } = vaultPaths(folder);
    const before = slotNames.map((name) => readFileSync(join(slots, name), "utf8"));
    for (const nonsense of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(32).fill(9)]) {
      const confused = { ...wrapper, unwrap: async () => nonsense };
      await expect(unlockVault(folder, confused)).rejects.toThrow("vault-locked");
    }
    expect(slotNames.map((name) => readFileSync(join(slots, name), "utf8"))).toEqual(before);
    expect((await openOnce(folder)).isRolledBack).toBe(false);
  });

  test("of another vault beside the library's own loses neither", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    await openOnce(folder);
    const other = temporaryFolder();
    await openOnce(other);
    const foreign = readFileSync(join(vaultPaths(other).slots, "key-file.slot"), "utf8");
    const { slots } = vaultPaths(folder);
    writeFileSync(join(slots, "key-file.slot.copy"), foreign);
    await openOnce(folder);
    const aside = readdirSync(slots).find((name) => name.includes("damaged"));
    expect(readFileSync(join(slots, aside ?? ""), "utf8")).toBe(foreign);
    await openOnce(folder);
  });

  test("with any bit of it flipped opens from its copy, and is never taken for another key", async () => {
    const folder = temporaryFolder();
    await openOnce(folder);
    const key = Buffer.from((await unlockVault(folder, wrapper)).key);
    const file = join(vaultPaths(folder).slots, "key-file.slot");
    const whole = readFileSync(file);
    const random = seededRandom(7);
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(file, bytes);
      expect([round, Buffer.from((await unlockVault(folder, wrapper)).key).equals(key)]).toEqual([
        round,
        true,
      ]);
    }
  });
});
