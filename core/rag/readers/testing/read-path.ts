import { basename } from "node:path";
import { openFile } from "../process/file-parts.ts";
import { readBytesAs } from "../read-file.ts";
import type { ReadResult } from "../reader.ts";

/** Reads a file in this process, as the library and a reader do it between them. */
export async function readPath(path: string, signal: AbortSignal): Promise<ReadResult> {
  const file = await openFile(path);
  try {
    const parts: Uint8Array[] = [];
    for (let isLast = false; !isLast;) {
      const part = await file.next();
      parts.push(part.bytes);
      ({ isLast } = part);
    }
    return await readBytesAs(new Uint8Array(Buffer.concat(parts)), basename(path), signal);
  } finally {
    await file.close();
  }
}
