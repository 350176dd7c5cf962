import { toFailure } from "../../../contract/errors.ts";
import { readFile } from "../read-file.ts";
import type { ReaderPort, ToReader } from "./channel.ts";

/** The reader process's whole work: a file after the other, until the host ends it. */
export function serveReader(port: ReaderPort): void {
  // The host cancels by ending the process, so nothing here ever aborts.
  const { signal } = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function answer({ id, path }: ToReader): Promise<void> {
    try {
      const result = await readFile(path, signal);
      port.post({ kind: "done", id, result });
    } catch (error) {
      port.post({ kind: "failed", id, failure: toFailure(error) });
    }
  }

  port.listen((message) => {
    last = last.then(() => answer(message));
  });
  port.post({ kind: "ready" });
}
