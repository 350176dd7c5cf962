import { existsSync } from "node:fs";
import { join } from "node:path";
import { readKeyFile } from "../../core/store/key-file.ts";
import { makeFileKeyWrapper } from "../../core/store/key-wrapper.ts";
import { findProblems } from "../../core/store/integrity.ts";
import { openDatabase } from "../../core/store/open.ts";
import { unlockVault, vaultPaths } from "../../core/store/vault.ts";

/** How long the processes of a killed application may take to let go of the database, in milliseconds. */
const releaseTime = 20_000;

/** What is wrong with the library of a profile whose application is gone; empty: all is well. */
export async function problemsOf(profile: string): Promise<string[]> {
  const keyFile = join(profile, "development.key");
  // A machine with a keyring keeps the key where this process cannot reach it.
  if (!existsSync(keyFile)) return [];
  const wrapper = makeFileKeyWrapper("development", (await readKeyFile(keyFile)).key);
  const { key } = await unlockVault(profile, wrapper);
  const db = openDatabase({ path: vaultPaths(profile).database, key, wait: releaseTime });
  try {
    return findProblems(db);
  } finally {
    db.close();
  }
}
