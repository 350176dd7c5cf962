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

/** Says where a bug showed and its frames; never its message, which may hold document text. */
export function reportToStandardError(where: string, error: unknown): void {
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  const name = error instanceof Error ? error.name : typeof error;
  process.stderr.write(
    `qwill: ${where}: ${[name, ...frames.slice(0, 8).map((line) => line.trim())].join(" | ")}\n`,
  );
}
