import type { Port } from "./link.ts";

/** The way to main, in a utility process. */
export function parentPort(): Port {
  const port = process.parentPort;
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on("message", (event) => listener(event.data));
    },
  };
}
