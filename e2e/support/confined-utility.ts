import { programCode } from "../../core/rag/readers/process/program-code.ts";
import { confine } from "../../electron/process/confine.ts";
import { succeeded, type Aims } from "../../electron/process/testing/hostile-script.js";

/** A utility process for tests: closed as a reader is, then attacked by what hostile script would try. */
process.parentPort.once("message", ({ data }) => {
  const { aims, reader } = data as { aims: Aims; reader: string };
  confine(programCode(reader));
  void answer(aims);
});

async function answer(aims: Aims): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  process.parentPort.postMessage(await succeeded(aims, false));
}
