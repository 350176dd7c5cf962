// @ts-check
import { lookup } from "node:dns/promises";

/**
 * Whether a host can be tried at all. Decides in seconds, so that a machine behind
 * package registries only does not wait for time limits.
 * @param {string} address
 */
export async function canReach(address) {
  // A proxy resolves names for us: only trying tells.
  const proxy = process.env["HTTPS_PROXY"] ?? process.env["https_proxy"];
  if (proxy !== undefined && proxy !== "") return true;
  const limit = new Promise((done) => setTimeout(done, 2000, undefined).unref());
  const found = await Promise.race([lookup(new URL(address).hostname).catch(() => undefined), limit]);
  if (found === undefined) return false;
  try {
    await fetch(address, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(5000) });
    return true;
  } catch (error) {
    return error instanceof TypeError || isTimeout(error) ? false : Promise.reject(error);
  }
}

/** @param {unknown} error */
const isTimeout = (error) => error instanceof DOMException && error.name === "TimeoutError";
