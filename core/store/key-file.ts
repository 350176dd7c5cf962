import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../contract/errors.ts";

const lead =
  "# A Qwill key. Whoever holds this file can open the library it was used for; without it the library is lost.";
const shape = /^qwill-key-1:([0-9a-f]{64}):([0-9a-f]{8})$/u;

function checksum(hex: string): string {
  return createHash("sha256").update(`qwill-key-1:${hex}`).digest("hex").slice(0, 8);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Makes a new key file, readable by its owner only. A file that is there already: `not-allowed`. */
export async function createKeyFile(path: string): Promise<void> {
  const hex = randomBytes(32).toString("hex");
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    try {
      await file.writeFile(`${lead}\nqwill-key-1:${hex}:${checksum(hex)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "EEXIST")
      throw new AppError("not-allowed", { facts: { path, reason: "exists" }, cause: error });
    if (codeOf(error) === "ENOSPC") throw new AppError("disk-full", { cause: error });
    throw new AppError("file-unreadable", { facts: { path }, cause: error });
  }
}

export interface KeyFile {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** True where others on this machine may read the file (its mode says so). */
  readonly isOpenToOthers: boolean;
}

/** Reads a key file. Missing: `file-missing`; not a key file or mistyped: `key-file-invalid`. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  let text: string;
  let mode: number;
  try {
    text = await readFile(path, "utf8");
    mode = (await stat(path)).mode;
  } catch (error) {
    const code = codeOf(error) === "ENOENT" ? "file-missing" : "file-unreadable";
    throw new AppError(code, { facts: { path }, cause: error });
  }
  const line = text
    .split(/\r?\n/u)
    .map((part) => part.trim())
    .find((part) => part !== "" && !part.startsWith("#"));
  const match = shape.exec(line ?? "");
  if (!match?.[1] || match[2] !== checksum(match[1]))
    throw new AppError("key-file-invalid", { facts: { path } });
  return {
    key: new Uint8Array(Buffer.from(match[1], "hex")),
    isOpenToOthers: process.platform !== "win32" && (mode & 0o077) !== 0,
  };
}
