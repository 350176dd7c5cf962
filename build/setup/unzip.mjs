// @ts-check
import { mkdir, open, symlink, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

/** @typedef {{ name: string, mode: number, method: number, packed: number, size: number, offset: number }} Entry */

/**
 * Unpacks the entries that `place` gives a path for. Zip64 and encryption are not read: no asset has them.
 * @param {string} archive
 * @param {string} target folder that nothing is written outside of
 * @param {(name: string) => string | undefined} place path below `target`, or undefined to leave out
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(archive, target, place) {
  const file = await open(archive);
  let written = 0;
  try {
    for (const entry of await readDirectory(file)) {
      const to = entry.name.endsWith("/") ? undefined : place(entry.name);
      if (to === undefined) continue;
      const path = resolve(target, to);
      if (!path.startsWith(resolve(target) + sep)) throw new Error(`Path leaves the folder: ${entry.name}`);
      await mkdir(dirname(path), { recursive: true });
      const bytes = await readEntry(file, entry);
      const isLink = (entry.mode & 0o170000) === 0o120000;
      if (isLink) await symlink(bytes.toString("utf8"), path);
      else await writeFile(path, bytes, { mode: entry.mode & 0o777 || 0o644 });
      written += 1;
    }
  } finally {
    await file.close();
  }
  return written;
}

/**
 * @param {import("node:fs/promises").FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - 66_000), Math.min(size, 66_000));
  const end = tail.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("Not a zip archive, or cut short");
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  /** @type {Entry[]} */
  const entries = [];
  for (let at = 0; at + 46 <= directory.length;) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import("node:fs/promises").FileHandle} file
 * @param {Entry} entry
 */
async function readEntry(file, entry) {
  const header = await read(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await read(file, start, entry.packed);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new Error(`Unknown compression of ${entry.name}`);
  const bytes = await inflate(packed);
  if (bytes.length !== entry.size) throw new Error(`Wrong size: ${entry.name}`);
  return bytes;
}

/**
 * @param {import("node:fs/promises").FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function read(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error("The archive is cut short");
  return buffer;
}
