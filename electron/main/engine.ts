import { AppError } from "../../core/contract/errors.ts";
import type { GenerationModel } from "../../core/compose/compose-qwill.ts";
import type { Provider } from "../../core/providers/provider.ts";
import type { EngineSurface } from "../engine/surface.ts";
import type { Child } from "../process/child.ts";
import { hostProcess } from "../process/process-host.ts";

/** The process of the on-device language model: what goes wrong there harms nothing else. */
export interface Engine {
  /** The model as a provider, loaded. */
  load(model: GenerationModel, signal: AbortSignal): Promise<Provider>;
  /** Gives the model's memory back; the next suggestion loads what is chosen then. */
  unload(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly fork: () => Child;
  readonly report: (where: string, error: unknown) => void;
}

export function makeEngine(options: EngineOptions): Engine {
  const host = hostProcess<EngineSurface>({
    name: "Qwill engine",
    fork: options.fork,
    // A model is loaded again by the next suggestion, not by the start of its process.
    prepare: async () => undefined,
    restarts: "when-asked",
    isRepeatable: () => false,
    onEvent: () => undefined,
    onRestart: () => undefined,
    onDown: () => undefined,
    report: options.report,
  });
  return {
    load: async (model, signal) => {
      const { capabilities } = await host.request("load", model, signal);
      return {
        id: "llama-cpp",
        capabilities,
        stream: (call, stop) => host.stream("generate", call, stop),
        listModels: async () => [{ id: model.modelId, maxInputTokens: capabilities.maxInputTokens }],
        checkHealth: async () => undefined,
      };
    },
    unload: async () => {
      if (host.process() === null) return;
      try {
        await host.request("unload", undefined, new AbortController().signal);
      } catch (error) {
        // With its process the model is gone as well.
        if (!(error instanceof AppError && error.code === "worker-restarted")) throw error;
      }
    },
    close: () => host.stop(),
  };
}
