import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../contract/errors.ts";
import type { DownloadProgress } from "../contract/models.ts";
import { modelBytes, type CatalogueRow, type ModelFile } from "./catalogue.ts";
import { progressMeter } from "./progress-meter.ts";
import { accepts, hashFile } from "./verify.ts";

/** One call out, as the egress gate makes it. A redirect (3xx) is handed back, not followed. */
export type ModelFetch = (
  address: string,
  request: { readonly method: "GET"; readonly headers: Readonly<Record<string, string>> },
  signal: AbortSignal,
) => Promise<{
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
}>;

export interface DownloadOptions {
  readonly fetch: ModelFetch;
  /** Origin of the model hub or of a mirror with the same paths. */
  readonly hub?: string;
}

/** The model hub that the catalogue's repositories name. */
export const modelHub = "https://huggingface.co";
const mostRedirects = 5;

/** True for the hub and the hosts it hands files out from: what the egress gate lets a download reach. */
export function isModelOrigin(origin: string, hub: string = modelHub): boolean {
  if (origin === hub) return true;
  if (hub !== modelHub || !URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  return (
    protocol === "https:" &&
    port === "" &&
    (hostname.endsWith(".huggingface.co") || hostname.endsWith(".hf.co"))
  );
}

/**
 * Downloads what is missing of a model into its folder, yielding progress four times a second and
 * once at the end. A file appears under its name only when its hash is right; what a cancelled or
 * broken download left is taken up again. Rejects with `disk-full`, `model-damaged` or a provider-… code.
 */
export async function* downloadModel(
  row: CatalogueRow,
  folder: string,
  options: DownloadOptions,
  signal: AbortSignal,
): AsyncGenerator<DownloadProgress> {
  const meter = progressMeter(row.id, modelBytes(row));
  await mkdir(folder, { recursive: true });
  await refuseFullDisk(row, folder);
  for (const file of row.files) {
    const path = join(folder, file.path);
    if (await isWhole(file, path, signal)) meter.add(file.bytes, "before");
    else
      yield* downloadFile(
        addressOf(row, file, options.hub ?? modelHub),
        file,
        path,
        options.fetch,
        meter,
        signal,
      );
  }
  yield meter.now();
}

async function* downloadFile(
  address: string,
  file: ModelFile,
  path: string,
  fetch: ModelFetch,
  meter: ReturnType<typeof progressMeter>,
  signal: AbortSignal,
): AsyncGenerator<DownloadProgress> {
  const part = `${path}.part`;
  await mkdir(dirname(part), { recursive: true });
  let received = await sizeOf(part);
  if (received >= file.bytes) {
    await rm(part, { force: true });
    received = 0;
  }
  const reply = await follow(address, received, fetch, signal);
  if (reply.status === 200) received = 0; // the server starts anew
  const hash = createHash("sha256");
  const handle = await open(part, received > 0 ? "a" : "w");
  try {
    if (received > 0) await hashInto(hash, part, signal);
    meter.add(received, "before");
    for await (const bytes of reply.body) {
      received += bytes.byteLength;
      if (received > file.bytes) break;
      hash.update(bytes);
      await writeAll(handle, bytes);
      if (meter.add(bytes.byteLength, "now")) yield meter.now();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  signal.throwIfAborted();
  if (received < file.bytes) throw new AppError("provider-interrupted");
  if (received !== file.bytes || !accepts(file, received, hash.digest("hex"))) {
    await rm(part, { force: true });
    throw new AppError("model-damaged", { facts: { file: file.path } });
  }
  await rename(part, path);
}

async function follow(address: string, from: number, fetch: ModelFetch, signal: AbortSignal) {
  let target = address;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    const reply = await fetch(target, { method: "GET", headers }, signal);
    const location = reply.headers.get("location");
    if (reply.status >= 300 && reply.status < 400 && location !== undefined) {
      await hangUp(reply.body);
      target = new URL(location, target).href;
      continue;
    }
    const isPart =
      reply.status === 206 &&
      from > 0 &&
      reply.headers.get("content-range")?.startsWith(`bytes ${from}-`) === true;
    if (reply.status === 200 || isPart) return reply;
    await hangUp(reply.body);
    if (reply.status === 401 || reply.status === 403)
      throw new AppError("provider-permission", { facts: { status: reply.status } });
    if (reply.status === 429)
      throw new AppError("provider-rate-limited", { facts: { status: reply.status } });
    throw new AppError("provider-server", { facts: { status: reply.status } });
  }
  throw new AppError("provider-server", { facts: { reason: "redirects" } });
}

async function hangUp(body: AsyncIterable<Uint8Array>): Promise<void> {
  await body[Symbol.asyncIterator]().return?.();
}

/** A row's file on the hub, at its pinned revision. */
export function addressOf(row: CatalogueRow, file: ModelFile, hub: string = modelHub): string {
  return `${hub}/${row.repository}/resolve/${row.revision}/${file.path.split("/").map(encodeURIComponent).join("/")}`;
}

async function isWhole(file: ModelFile, path: string, signal: AbortSignal): Promise<boolean> {
  const bytes = await sizeOf(path);
  return bytes > 0 && accepts(file, bytes, await hashFile(path, signal));
}

async function refuseFullDisk(row: CatalogueRow, folder: string): Promise<void> {
  let needed = 0;
  for (const file of row.files) {
    const path = join(folder, file.path);
    if ((await sizeOf(path)) === 0) needed += file.bytes - (await sizeOf(`${path}.part`));
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw new AppError("disk-full", { facts: { bytes: needed } });
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

async function hashInto(hash: Hash, path: string, signal: AbortSignal): Promise<void> {
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(part as Buffer);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC") throw new AppError("disk-full", { cause });
    throw cause;
  }
}
