import { parentPort } from "node:worker_threads";
import type { Port } from "./link.ts";

/** The way to whoever started this thread. */
export function threadPort(): Port {
  if (parentPort === null) throw new Error("this is no thread of another");
  const port = parentPort;
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    post: (message) => port.postMessage(message),
    listen: (listener) => void port.on("message", listener),
  };
}
