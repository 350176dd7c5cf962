import { crc32, inflateRawSync } from "node:zlib";
import { AppError } from "../../contract/errors.ts";
import { damaged, limitExceeded, readerLimits } from "./limits.ts";

/** A zip package in memory; nothing is inflated before it is asked for. */
export interface ZipArchive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The entry's bytes or null when there is none; throws when it is damaged or beyond the limits. */
  read(name: string): Uint8Array | null;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly offset: number;
}

/** Opens a zip by its central directory. All inflated bytes of one archive share one allowance. */
export function openZip(bytes: Uint8Array): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  let allowance: number = readerLimits.inflatedBytes;

  function inflate(entry: Entry): Uint8Array {
    if (entry.flags & 1) throw new AppError("file-encrypted");
    const start = dataStart(view, entry);
    if (start === null || start + entry.packed > bytes.length) throw damaged(entry.name);
    const packed = bytes.subarray(start, start + entry.packed);
    const limit = Math.min(
      allowance,
      Math.max(readerLimits.ratioFreeBytes, entry.packed * readerLimits.inflateRatio),
    );
    const out = entry.method === 0 ? packed : inflateWithin(packed, limit, entry);
    if (out.length > limit) throw limitExceeded("inflated-bytes");
    allowance -= out.length;
    if (crc32(out) !== entry.crc) throw damaged(entry.name);
    return out;
  }

  return {
    names: [...entries.keys()],
    has: (name) => entries.has(normalName(name)),
    read(name) {
      const entry = entries.get(normalName(name));
      return entry ? inflate(entry) : null;
    },
  };
}

function inflateWithin(packed: Uint8Array, limit: number, entry: Entry): Uint8Array {
  if (entry.method !== 8) throw damaged(entry.name);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (cause) {
    const tooLong = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw tooLong ? limitExceeded("inflated-bytes", cause) : damaged(entry.name, cause);
  }
}

function normalName(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  if (end === null) throw damaged("zip-directory");
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  if (count > readerLimits.zipEntries) throw limitExceeded("zip-entries");
  // Bytes before the archive shift every offset; the directory always ends where its end record starts.
  const shift = size <= end && offset !== 0xffffffff ? end - size - offset : 0;
  let at = shift >= 0 ? offset + shift : offset;
  const entries = new Map<string, Entry>();
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged("zip-directory");
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const packed = view.getUint32(at + 20, true);
    const local = view.getUint32(at + 42, true);
    const wide =
      packed === 0xffffffff || local === 0xffffffff || view.getUint32(at + 24, true) === 0xffffffff;
    const large = wide ? zip64Sizes(view, at, nameLength, extraLength) : { packed, local };
    const entry = {
      name: normalName(name),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: large.packed,
      offset: large.local + Math.max(0, shift),
    };
    if (!entries.has(entry.name)) entries.set(entry.name, entry);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Sizes from the zip64 extra field, in its fixed order and only where the plain field says "see there". */
function zip64Sizes(
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
): { packed: number; local: number } {
  let packed = view.getUint32(at + 20, true);
  let local = view.getUint32(at + 42, true);
  const end = Math.min(view.byteLength, at + 46 + nameLength + extraLength);
  let field = at + 46 + nameLength;
  while (field + 4 <= end) {
    const size = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      let value = field + 4;
      const next = (): number => {
        if (value + 8 > end) throw damaged("zip-directory");
        value += 8;
        return Number(view.getBigUint64(value - 8, true));
      };
      if (view.getUint32(at + 24, true) === 0xffffffff) next();
      if (packed === 0xffffffff) packed = next();
      if (local === 0xffffffff) local = next();
    }
    field += 4 + size;
  }
  return { packed, local };
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return null;
}

function dataStart(view: DataView, entry: Entry): number | null {
  const at = entry.offset;
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== 0x04034b50) return null;
  return at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
}
