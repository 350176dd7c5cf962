import { serve } from "../process/link.ts";
import { refuseNetwork } from "../process/no-network.ts";
import { makeProcessReader } from "../../core/rag/readers/process/process-reader.ts";
import { reportBug } from "../process/log.ts";
import { parentPort } from "../process/parent-port.ts";
import { silenceWarnings } from "../process/quiet-warnings.ts";
import { makeReaderSpawner } from "./reader-channel.ts";
import type { WorkerSurface } from "./surface.ts";
import { makeWorkerRequests } from "./worker-requests.ts";

refuseNetwork();
silenceWarnings();

const spawn = makeReaderSpawner(
  {
    wanted: (id) => served.emit("reader-wanted", { id }),
    unwanted: (id) => served.emit("reader-unwanted", { id }),
  },
  process.parentPort,
);
const served = serve<WorkerSurface>(
  parentPort(),
  {
    requests: makeWorkerRequests({
      makeReader: () => makeProcessReader({ spawn }),
      emit: (name, payload) => served.emit(name, payload),
      report: reportBug,
    }),
    streams: {},
  },
  reportBug,
);
