import type { Format } from "../../contract/documents.ts";
import { AppError } from "../../contract/errors.ts";
import { formatOfName } from "./formats.ts";
import { readerFor } from "./format-readers.ts";
import { damaged, throwIfCancelled } from "./limits.ts";
import type { ReadResult } from "./reader.ts";
import { sniffFormat } from "./sniff.ts";

/**
 * Reads a file's bytes in this process: the content decides the format, the name helps. Rejects with an
 * AppError (file-…, cancelled). Hostile files can cost much time and memory: outside tests it is called
 * inside the limited reader process.
 */
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
