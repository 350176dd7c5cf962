import { toFailure } from "../../../contract/errors.ts";
import { readBytesAs } from "../read-file.ts";
import type { ReaderPort, ToReader } from "./channel.ts";

/** A file that is coming in. */
interface Incoming {
  readonly id: number;
  readonly bytes: Uint8Array;
  filled: number;
}

/** The reader process's whole work: a file after the other, until the host ends it. */
export function serveReader(port: ReaderPort): void {
  // The host cancels by ending the process, so nothing here ever aborts.
  const { signal } = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let incoming: Incoming | null = null;

  async function answer(id: number, name: string, bytes: Uint8Array): Promise<void> {
    try {
      const result = await readBytesAs(bytes, name, signal);
      port.post({ kind: "done", id, result });
    } catch (error) {
      port.post({ kind: "failed", id, failure: toFailure(error) });
    }
  }

  /** The file whole, or null while parts are missing. */
  function take({ id, size, bytes, isLast }: ToReader): Uint8Array | null {
    // Most files come in one part, and are not copied; what came of another file will not be finished.
    if (incoming?.id !== id) incoming = isLast ? null : { id, bytes: new Uint8Array(size), filled: 0 };
    if (incoming === null) return bytes;
    incoming.bytes.set(bytes, incoming.filled);
    incoming.filled += bytes.length;
    if (!isLast) return null;
    const whole = incoming.bytes.subarray(0, incoming.filled);
    incoming = null;
    return whole;
  }

  port.listen((message) => {
    const whole = take(message);
    const { id, name } = message;
    if (whole === null) return port.post({ kind: "more", id });
    last = last.then(() => answer(id, name, whole));
  });
  port.post({ kind: "ready" });
}
