import { programCode } from "../../../core/rag/readers/process/program-code.ts";
import { confine } from "../confine.ts";
import { refuseNetwork } from "../no-network.ts";
import { succeeded, type Aims } from "./hostile-script.js";

/** What is closed in the process before it is attacked. */
export type Closed = "nothing" | "the network" | "the network, and opened again" | "all but its code";

async function answer(aims: Aims, isHarmless: boolean): Promise<void> {
  process.send?.(await succeeded(aims, isHarmless));
}

process.once("message", (message) => {
  const { aims, reader, closed } = message as { aims: Aims; reader: string; closed: Closed };
  if (closed === "all but its code") confine(programCode(reader));
  else if (closed !== "nothing") {
    const open = refuseNetwork();
    if (closed === "the network, and opened again") open();
  }
  void answer(aims, closed !== "all but its code");
});
