import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readerLimits } from "../limits.ts";
import { openFile, partBytes } from "./file-parts.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qwill-parts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function partsOf(path: string, between: () => void = () => undefined): Promise<Uint8Array[]> {
  const file = await openFile(path);
  try {
    const parts: Uint8Array[] = [];
    for (let isLast = false; !isLast;) {
      const part = await file.next();
      parts.push(part.bytes);
      ({ isLast } = part);
      between();
    }
    return parts;
  } finally {
    await file.close();
  }
}

describe("a file handed over in parts", () => {
  test.each([0, 1, partBytes - 1, partBytes, partBytes + 1, 3 * partBytes])(
    "of %d bytes arrives whole, in parts of a bounded size",
    async (size) => {
      const bytes = Uint8Array.from({ length: size }, (_none, index) => index % 251);
      const parts = await partsOf(write("a", bytes));
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
      expect(parts.every((part) => part.length <= partBytes)).toBe(true);
      expect(parts).toHaveLength(Math.max(1, Math.ceil(size / partBytes)));
    },
  );

  test("that shrinks meanwhile ends where it ends", async () => {
    const path = write("a", new Uint8Array(3 * partBytes));
    const parts = await partsOf(path, () => truncateSync(path, partBytes + 5));
    expect(parts.map((part) => part.length)).toEqual([partBytes, 5]);
  });

  test("that grows meanwhile is handed over as it was", async () => {
    const path = write("a", new Uint8Array(partBytes + 1));
    const parts = await partsOf(path, () => writeFileSync(path, new Uint8Array(2 * partBytes)));
    expect(parts.map((part) => part.length)).toEqual([partBytes, 1]);
  });

  test("is refused when it is missing, a folder, too large, or a pipe, and nobody waits for it", async () => {
    await expect(openFile(join(folder, "none"))).rejects.toMatchObject({ code: "file-missing" });
    await expect(openFile(folder)).rejects.toMatchObject({ code: "file-unreadable" });
    const large = write("large", new Uint8Array());
    truncateSync(large, readerLimits.fileBytes + 1);
    await expect(openFile(large)).rejects.toMatchObject({
      code: "file-too-large",
      facts: { bytes: readerLimits.fileBytes + 1, limit: readerLimits.fileBytes },
    });
    if (process.platform === "win32") return;
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(openFile(pipe)).rejects.toMatchObject({ code: "file-unreadable" });
  });
});
