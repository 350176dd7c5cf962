import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { AppError } from "../../../contract/errors.ts";
import { readerLimits } from "../limits.ts";

/** A file opened to be handed to a reader, part by part, so that no process but its reader holds it whole. */
export interface OpenFile {
  /** Bytes there were when it was opened; more are not read. */
  readonly size: number;
  /** The next part and whether it is the last; a file that shrank meanwhile ends earlier. */
  next(): Promise<{ bytes: Uint8Array; isLast: boolean }>;
  close(): Promise<void>;
}

/** Bytes of a part: large enough for almost every document, small enough to have several at once. */
export const partBytes = 4 * 1024 * 1024;

/** Opens a file. Throws file-missing, file-unreadable, or file-too-large with {bytes, limit}. */
export async function openFile(path: string): Promise<OpenFile> {
  let file: FileHandle | null = null;
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    refuseUnlessFile(await stat(path));
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return partsOf(file, refuseUnlessFile(await file.stat()));
  } catch (error) {
    await file?.close();
    throw toFileError(error);
  }
}

/** Its size, where it is a file of a size that is read. */
function refuseUnlessFile(facts: { isFile(): boolean; readonly size: number }): number {
  if (!facts.isFile()) throw new AppError("file-unreadable");
  if (facts.size > readerLimits.fileBytes)
    throw new AppError("file-too-large", { facts: { bytes: facts.size, limit: readerLimits.fileBytes } });
  return facts.size;
}

function partsOf(file: FileHandle, size: number): OpenFile {
  let position = 0;
  return {
    size,
    next: async () => {
      const bytes = new Uint8Array(Math.min(partBytes, size - position));
      let filled = 0;
      try {
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
      } catch (error) {
        throw toFileError(error);
      }
      position += filled;
      return { bytes: bytes.subarray(0, filled), isLast: position >= size || filled < bytes.length };
    },
    close: () => file.close(),
  };
}

function toFileError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isMissing = code === "ENOENT" || code === "ENOTDIR";
  return new AppError(isMissing ? "file-missing" : "file-unreadable", { cause: error });
}
