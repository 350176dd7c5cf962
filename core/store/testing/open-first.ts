import { AppError } from "../../contract/errors.ts";
import { makeFileKeyWrapper } from "../key-wrapper.ts";
import { openLibraryDatabase } from "../library-database.ts";
import { unlockVault } from "../vault.ts";

/* Opens the library of a folder once, as a start does. Exit 0: opened; 3: another process has it; 1: anything else. */
const folder = process.argv[2] ?? "";
try {
  const vault = await unlockVault(folder, makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1)));
  const { db, generation } = openLibraryDatabase(folder, vault);
  await vault.confirm(generation);
  db.close();
} catch (error) {
  process.exitCode = error instanceof AppError && error.code === "vault-in-use" ? 3 : 1;
}
