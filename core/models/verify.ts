import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueRow, ModelFile } from "./catalogue.ts";
import { readReceipt, writeReceipt, type Receipt } from "./receipt.ts";

/** What lies in a model's folder. `hashes`: SHA-256 by path, of what really lies there. */
export type ModelCheck =
  | { readonly state: "installed"; readonly hashes: Readonly<Record<string, string>> }
  | { readonly state: "missing"; readonly path: string }
  | { readonly state: "damaged"; readonly path: string };

/** SHA-256 of a file, lower-case hex. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(part as Buffer);
  return hash.digest("hex");
}

/** True when a file of this size and hash may stand in the row's file's place. */
export function accepts(file: ModelFile, bytes: number, sha256: string): boolean {
  if (file.sha256 === null) return file.bytes === bytes;
  return file.sha256 === sha256 || (file.alternatives ?? []).some((other) => other.sha256 === sha256);
}

/** Checks every file of the row in its folder; hashes only what changed since the last check. */
export async function verifyModel(
  row: CatalogueRow,
  folder: string,
  signal: AbortSignal,
): Promise<ModelCheck> {
  const known = await readReceipt(folder);
  const receipt: Receipt = {};
  let isNew = false;
  for (const file of row.files) {
    const path = join(folder, file.path);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw error;
    });
    if (!found?.isFile()) return { state: "missing", path: file.path };
    const noted = known[file.path];
    const isNoted = noted?.bytes === found.size && noted.modifiedAt === found.mtimeMs;
    const sha256 = isNoted ? noted.sha256 : await hashFile(path, signal);
    // Without a published hash the first one noted is the one to keep to.
    const isKept = file.sha256 !== null || noted === undefined || noted.sha256 === sha256;
    if (!isKept || !accepts(file, found.size, sha256)) return { state: "damaged", path: file.path };
    receipt[file.path] = { bytes: found.size, modifiedAt: found.mtimeMs, sha256 };
    isNew ||= !isNoted;
  }
  if (isNew) await writeReceipt(folder, receipt);
  return {
    state: "installed",
    hashes: Object.fromEntries(Object.entries(receipt).map(([path, noted]) => [path, noted.sha256])),
  };
}
