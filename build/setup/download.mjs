// @ts-check
// node download.mjs URL FILE: runs in the tools' Node, whose fetch honours the proxy settings.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const [address, path] = process.argv.slice(2);
if (address === undefined || path === undefined) throw new Error("download.mjs URL FILE");
const reply = await fetch(address);
if (!reply.ok || reply.body === null) {
  process.stderr.write(`${address}: status ${reply.status}\n`);
  process.exit(1);
}
await pipeline(Readable.fromWeb(/** @type {any} */ (reply.body)), createWriteStream(path));
