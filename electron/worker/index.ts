import { AppError } from "../../core/contract/errors.ts";
import { serve } from "./link.ts";
import { refuseNetwork } from "./no-network.ts";
import { parentPort, reportToStandardError } from "./parent-port.ts";
import { workerRoutes, type WorkerSurface } from "./surface.ts";

refuseNetwork();

serve<WorkerSurface>(
  parentPort(),
  {
    requests: Object.fromEntries(
      workerRoutes.map((name) => [name, async () => Promise.reject(new AppError("internal"))]),
    ) as never,
    streams: {},
  },
  reportToStandardError,
);
