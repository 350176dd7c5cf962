import { createDecipheriv } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

const pageSize = 4096;
/** The first page begins with the cipher's salt, in the clear. */
const saltSize = 16;
/** Each page ends with its initialisation vector and its HMAC. */
const reserve = 80;
const logHeader = 32;
const frameHeader = 24;

/**
 * Every byte that somebody with the key could read from a database's files, page by page: those of the database, free
 * ones too, and every frame that is in the log, also of transactions long past.
 */
export function decryptedPages(path: string, key: Uint8Array): Buffer {
  const file = readFileSync(path);
  const pages: Buffer[] = [];
  for (let at = 0; at + pageSize <= file.length; at += pageSize)
    pages.push(decrypt(file.subarray(at, at + pageSize), key, at === 0));
  const log = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  const frame = frameHeader + pageSize;
  for (let at = logHeader; at + frame <= log.length; at += frame)
    pages.push(decrypt(log.subarray(at + frameHeader, at + frame), key, log.readUInt32BE(at) === 1));
  return Buffer.concat(pages);
}

function decrypt(page: Buffer, key: Uint8Array, isFirst: boolean): Buffer {
  const vector = page.subarray(pageSize - reserve, pageSize - reserve + 16);
  const decipher = createDecipheriv("aes-256-cbc", key, vector).setAutoPadding(false);
  const content = page.subarray(isFirst ? saltSize : 0, pageSize - reserve);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}
