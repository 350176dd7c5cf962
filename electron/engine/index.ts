import { AppError } from "../../core/contract/errors.ts";
import { openLlamaProvider, type LlamaProvider } from "../../core/providers/llama-cpp/llama-provider.ts";
import { serve } from "../process/link.ts";
import { refuseNetwork } from "../process/no-network.ts";
import { reportBug } from "../process/log.ts";
import { parentPort } from "../process/parent-port.ts";
import { silenceWarnings } from "../process/quiet-warnings.ts";
import type { EngineSurface } from "./surface.ts";

refuseNetwork();
silenceWarnings();

let loaded: { modelId: string; threads: number; provider: LlamaProvider } | null = null;
/** One change of model at a time, in the order asked. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
  const turn = last.then(act);
  last = turn.catch(() => undefined);
  return turn;
}

async function unload(): Promise<void> {
  const old = loaded;
  loaded = null;
  await old?.provider.close();
}

serve<EngineSurface>(
  parentPort(),
  {
    requests: {
      load: ({ modelId, path, threads }, signal) =>
        inTurn(async () => {
          if (loaded?.modelId !== modelId || loaded.threads !== threads) {
            await unload();
            const provider = await openLlamaProvider({ modelId, modelPath: path, threads }, signal);
            loaded = { modelId, threads, provider };
          }
          return { capabilities: loaded.provider.capabilities };
        }),
      unload: () => inTurn(unload),
    },
    streams: {
      generate: (call, signal) => {
        if (loaded === null) throw new AppError("model-missing");
        return loaded.provider.stream(call, signal);
      },
    },
  },
  reportBug,
);
