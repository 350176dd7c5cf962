// @ts-check
import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from "node:fs";
import { inCache } from "./paths.mjs";

const file = inCache("setup.lock");

/**
 * Keeps two set-ups of one checkout apart: the second waits for the first. A lock whose owner is gone is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  mkdirSync(inCache(), { recursive: true });
  let isTold = false;
  while (!take()) {
    if (!isTold) process.stderr.write("Another set-up of this checkout is running: waiting for it.\n");
    isTold = true;
    await new Promise((done) => setTimeout(done, 500));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take() {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    if (!isOwnerAlive()) rmSync(file, { force: true });
    return false;
  }
}

function isOwnerAlive() {
  try {
    const owner = Number(readFileSync(file, "utf8"));
    // An empty file belongs to someone who is about to write into it.
    if (owner === 0) return true;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === "EPERM";
  }
}
