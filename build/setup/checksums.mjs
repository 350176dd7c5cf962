// @ts-check
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";

/**
 * SHA-256 of a file, in hexadecimal.
 * @param {string} path
 * @returns {Promise<string>}
 */
export function sha256File(path) {
  return new Promise((done, fail) => {
    const hash = createHash("sha256");
    createReadStream(path, { highWaterMark: 1 << 20 })
      .on("data", (part) => hash.update(part))
      .on("error", fail)
      .on("end", () => done(hash.digest("hex")));
  });
}

/**
 * Whether a file is there and holds exactly the expected bytes.
 * @param {string} path
 * @param {string} sha256
 */
export async function holds(path, sha256) {
  return existsSync(path) && (await sha256File(path)) === sha256;
}

/**
 * SHA-256 of a few strings, for stamps.
 * @param {...string} parts
 */
export function keyOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest("hex");
}
