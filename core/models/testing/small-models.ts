import { createHash } from "node:crypto";
import type { CatalogueRow } from "../catalogue.ts";
import type { ModelFetch } from "../download.ts";

/** A small catalogue row with the contents of its files, by path. */
export function tinyModel(): { row: CatalogueRow; contents: Record<string, Buffer> } {
  const contents = {
    "config.json": Buffer.from(`{"model_type":"tiny"}`),
    "onnx/model.onnx": Buffer.alloc(200_000, "weights "),
  };
  const row: CatalogueRow = {
    id: "tiny",
    kind: "embedding",
    name: "Tiny",
    repository: "someone/tiny",
    revision: "abc123",
    files: Object.entries(contents).map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
    languages: ["en"],
    longestInput: 16,
    licence: "MIT",
    memory: 1,
  };
  return { row, contents };
}

/** How the fake hub misbehaves. */
export interface HubFaults {
  /** Bytes after which a body ends early, for the first reply only. */
  cutAfter?: number;
  /** Sends other bytes of the same length. */
  corrupt?: boolean;
  ignoresRange?: boolean;
  status?: number;
}

/** A hub that redirects to a storage host, as the real one does; `asked` are the addresses with their ranges. */
export function fakeHub(
  contents: Readonly<Record<string, Buffer>>,
  faults: HubFaults = {},
): { fetch: ModelFetch; asked: string[] } {
  const asked: string[] = [];
  let { cutAfter } = faults;
  const fetch: ModelFetch = async (address, { headers }, signal) => {
    signal.throwIfAborted();
    asked.push(headers["range"] === undefined ? address : `${address} ${headers["range"]}`);
    const { hostname, pathname, search } = new URL(address);
    if (faults.status !== undefined)
      return { status: faults.status, headers: new Map(), body: bodyOf(Buffer.from("no")) };
    if (hostname === "huggingface.co") {
      const location = `https://cdn.hf.co/blob?path=${encodeURIComponent(pathname.replace(/^.*\/resolve\/[^/]+\//u, ""))}`;
      return { status: 302, headers: new Map([["location", location]]), body: bodyOf(Buffer.alloc(0)) };
    }
    const whole = contents[new URLSearchParams(search).get("path")!]!;
    const from =
      faults.ignoresRange === true ? 0 : Number(/^bytes=(\d+)-$/u.exec(headers["range"] ?? "")?.[1] ?? 0);
    const end = cutAfter === undefined ? whole.length : Math.min(whole.length, from + cutAfter);
    if (end < whole.length) cutAfter = undefined;
    const sent = Buffer.from(whole.subarray(from, end));
    if (faults.corrupt === true) sent[0]! ^= 1;
    return from > 0
      ? {
          status: 206,
          headers: new Map([["content-range", `bytes ${from}-${whole.length - 1}/${whole.length}`]]),
          body: bodyOf(sent),
        }
      : { status: 200, headers: new Map(), body: bodyOf(sent) };
  };
  return { fetch, asked };
}

async function* bodyOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
}

/** The start of a GGUF file (version 3) with these keys, then `size` bytes of nothing. */
export function ggufBytes(keys: Readonly<Record<string, string | number>>, size: number): Buffer {
  const string = (text: string): Buffer => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
    return Buffer.concat([length, Buffer.from(text)]);
  };
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const head = Buffer.alloc(24);
  head.write("GGUF", "latin1");
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(1n, 8);
  head.writeBigUInt64LE(BigInt(Object.keys(keys).length), 16);
  const pairs = Object.entries(keys).map(([key, value]) =>
    Buffer.concat(
      typeof value === "string"
        ? [string(key), number(8), string(value)]
        : [string(key), number(4), number(value)],
    ),
  );
  return Buffer.concat([head, ...pairs, Buffer.alloc(size)]);
}
