import { open } from "node:fs/promises";

/** What a GGUF file says of itself at its start; null where it does not say. */
export interface GgufHead {
  readonly architecture: string | null;
  readonly name: string | null;
  readonly licence: string | null;
  /** Tokens. */
  readonly contextLength: number | null;
}

const headBytes = 65_536;
/** Bytes of GGUF's fixed-size value types, by type number; 8 is a string, 9 an array. */
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const stringType = 8;
const unsigned32 = 4;
const unsigned64 = 10;

/** Reads a GGUF file's head (versions 2 and 3, little-endian); null when it is none. */
export async function readGgufHead(path: string): Promise<GgufHead | null> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return parseGgufHead(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The same from the file's first bytes; stops at the first array, which is the vocabulary. */
export function parseGgufHead(bytes: Buffer): GgufHead | null {
  if (bytes.length < 24 || bytes.toString("latin1", 0, 4) !== "GGUF") return null;
  const version = bytes.readUInt32LE(4);
  if (version < 2 || version > 3 || bytes.readBigUInt64LE(8) === 0n) return null;
  const values = new Map<string, string | number>();
  let at = 24;
  const readString = (): string | undefined => {
    if (at + 8 > bytes.length) return undefined;
    const length = Number(bytes.readBigUInt64LE(at));
    if (length > bytes.length - at - 8) return undefined;
    at += 8 + length;
    return bytes.toString("utf8", at - length, at);
  };
  for (let left = Number(bytes.readBigUInt64LE(16)); left > 0; left--) {
    const key = readString();
    if (key === undefined || at + 4 > bytes.length) break;
    const type = bytes.readUInt32LE(at);
    at += 4;
    const size = sizes[type];
    if (type === stringType) {
      const value = readString();
      if (value === undefined) break;
      values.set(key, value);
    } else if (size !== undefined && at + size <= bytes.length) {
      if (type === unsigned32) values.set(key, bytes.readUInt32LE(at));
      if (type === unsigned64) values.set(key, Number(bytes.readBigUInt64LE(at)));
      at += size;
    } else break;
  }
  const text = (key: string): string | null => {
    const value = values.get(key);
    return typeof value === "string" && value !== "" ? value.slice(0, 200) : null;
  };
  const architecture = text("general.architecture");
  const contextLength = values.get(`${architecture}.context_length`);
  return {
    architecture,
    name: text("general.name"),
    licence: text("general.license"),
    contextLength: typeof contextLength === "number" && contextLength > 0 ? contextLength : null,
  };
}
