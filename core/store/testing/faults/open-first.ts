import fs, { readSync, writeSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { AppError } from "../../../contract/errors.ts";

/*
 * Opens the library of a folder once, as a start does: open-first.ts FOLDER STEP. Before its STEPth look at the disk,
 * or touch of it, it says "held" and waits for a byte on its standard input; it ends by saying its number of steps.
 * Exit 0: opened; 3: another process has it open; 1: anything else.
 */
const [folder = "", held = "-1"] = process.argv.slice(2);
const looks = ["existsSync", "openSync", "chmodSync"] as const;
const touches = ["mkdir", "open", "readFile", "readdir", "rename", "rm", "rmdir"] as const;
let steps = 0;

function step(): void {
  if (steps++ !== Number(held)) return;
  writeSync(1, "held\n");
  readSync(0, Buffer.alloc(1));
}

function watch(on: object, names: readonly string[]): void {
  const functions = on as Record<string, (...parameters: unknown[]) => unknown>;
  for (const name of names) {
    const real = functions[name]!;
    functions[name] = (...parameters) => {
      step();
      return real(...parameters);
    };
  }
}

watch(fs, looks);
watch(promises, touches);
syncBuiltinESMExports();
const { makeFileKeyWrapper } = await import("../../key-wrapper.ts");
const { openLibraryDatabase } = await import("../../library-database.ts");
const { unlockVault } = await import("../../vault.ts");
steps = 0;
try {
  const vault = await unlockVault(folder, makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1)));
  const { db, generation } = openLibraryDatabase(folder, vault);
  await vault.confirm(generation);
  db.close();
} catch (error) {
  process.exitCode = error instanceof AppError && error.code === "vault-in-use" ? 3 : 1;
  if (process.exitCode === 1) process.stderr.write(`${String(error)}\n`);
}
writeSync(1, `${steps} steps\n`);
