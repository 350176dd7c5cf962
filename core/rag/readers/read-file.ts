import { readFile as readAll, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Format } from "../../contract/documents.ts";
import { AppError } from "../../contract/errors.ts";
import { formatOfName } from "./formats.ts";
import { readerFor } from "./format-readers.ts";
import { damaged, readerLimits, throwIfCancelled } from "./limits.ts";
import type { ReadResult } from "./reader.ts";
import { sniffFormat } from "./sniff.ts";

/**
 * Reads one file in this process: its content decides the format, its name helps. Rejects with an
 * AppError (file-…, cancelled). Hostile files can cost much time and memory: outside tests call it
 * inside the limited reader process.
 */
export async function readFile(path: string, signal: AbortSignal): Promise<ReadResult> {
  const bytes = await readBytes(path, signal);
  return readBytesAs(bytes, basename(path), signal);
}

/** The same for content already in memory, such as a mail's attachment. */
export async function readBytesAs(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<ReadResult> {
  throwIfCancelled(signal);
  if (bytes.length === 0) throw new AppError("file-empty");
  const format: Format = sniffFormat(bytes, formatOfName(name));
  const reader = await readerFor(format);
  try {
    return await reader.read(bytes, name, signal);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throwIfCancelled(signal);
    // What a reader trips over in an untrusted file is the file's damage; the cause goes along for the log.
    throw damaged(format, error);
  }
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const facts = await stat(path);
    if (!facts.isFile()) throw new AppError("file-unreadable");
    if (facts.size > readerLimits.fileBytes) {
      throw new AppError("file-too-large", { facts: { bytes: facts.size, limit: readerLimits.fileBytes } });
    }
    return await readAll(path, { signal });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throwIfCancelled(signal);
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    throw new AppError(code === "ENOENT" || code === "ENOTDIR" ? "file-missing" : "file-unreadable", {
      cause,
    });
  }
}
