import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { toStoreError } from "./store-error.ts";

/** Writes a small file whole or not at all, owner-only: temp file, fsync, rename, fsync of the folder. */
export async function writeFileSafely(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw toStoreError(error);
  }
  // Windows cannot open a folder; there the rename is journalled by the file system.
  if (process.platform === "win32") return;
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
