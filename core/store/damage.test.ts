import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../contract/errors.ts";
import { insertCollection, listCollections } from "./collections.ts";
import { openDatabase } from "./open.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { temporaryFolder, testKey } from "./testing/test-database.ts";
import { toStoreError } from "./store-error.ts";

/** Small and seeded, so that a failure can be repeated. */
function namesIn(path: string): string[] | "refused" {
  try {
    const db = openDatabase({ path, key: testKey });
    try {
      return listCollections(db).map((row) => row.name);
    } finally {
      db.close();
    }
  } catch (error) {
    expect(toStoreError(error)).toBeInstanceOf(AppError);
    return "refused";
  }
}

describe("a flipped bit", () => {
  test.each(["library.db", "library.db-wal"])("in %s is refused or harmless, never a wrong row", (name) => {
    const folder = temporaryFolder();
    const path = join(folder, "library.db");
    const db = openDatabase({ path, key: testKey });
    const names = Array.from({ length: 40 }, (_, i) => `Collection ${i} ${"x".repeat(50)}`);
    for (const one of names) insertCollection(db, one, "device");
    // A copy taken while it is open still has its write-ahead log.
    const original = join(folder, "copy.db");
    copyFileSync(path, original);
    copyFileSync(`${path}-wal`, `${original}-wal`);
    if (name.endsWith("-wal")) expect(existsSync(`${original}-wal`)).toBe(true);
    else {
      db.close();
      copyFileSync(path, original);
      writeFileSync(`${original}-wal`, "");
    }
    const files = { "library.db": readFileSync(original), "library.db-wal": readFileSync(`${original}-wal`) };
    if (db.open) db.close();
    const random = seededRandom(7);
    const target = join(folder, "target.db");
    const wrong: string[][] = [];
    for (let round = 0; round < 60; round++) {
      for (const [suffix, bytes] of [
        ["", files["library.db"]],
        ["-wal", files["library.db-wal"]],
      ] as const) {
        const copy = Buffer.from(bytes);
        if (`library.db${suffix}` === name) {
          const at = Math.floor(random() * copy.length);
          copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        }
        writeFileSync(target + suffix, copy);
      }
      const found = namesIn(target);
      // A damaged tail of the log is a commit that never happened: fewer rows, never others.
      if (found !== "refused" && found.some((one, at) => one !== names[at])) wrong.push(found);
    }
    expect(wrong).toEqual([]);
  });
});
