import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { WriteDb } from "../handle.ts";
import { openDatabase } from "../open.ts";

/** A key for tests only. */
export const testKey = new Uint8Array(32).fill(7);

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "qwill-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new encrypted database with production migrations, closed and deleted after the test. */
export function openTestDatabase(): WriteDb {
  const db = openDatabase({ path: join(temporaryFolder(), "library.db"), key: testKey });
  onTestFinished(() => void db.close());
  return db;
}
