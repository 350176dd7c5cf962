import type { Provider } from "../../core/providers/provider.ts";
import type { EngineSurface } from "../engine/surface.ts";
import type { Models } from "./models.ts";
import type { SettingsFile } from "./settings-file.ts";
import { hostUtility } from "./utility-host.ts";

/** The on-device language model, in a process of its own: what goes wrong there harms nothing else. */
export interface Engine {
  /** The chosen model as a provider, loaded; null when none is chosen. */
  provider(signal: AbortSignal): Promise<{ provider: Provider; model: string } | null>;
  /** Gives the model's memory back; the next suggestion loads what is chosen then. */
  unload(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly entry: string;
  readonly models: Models;
  readonly settings: SettingsFile;
  readonly report: (where: string, error: unknown) => void;
}

export function makeEngine(options: EngineOptions): Engine {
  const host = hostUtility<EngineSurface>({
    entry: options.entry,
    name: "Qwill engine",
    onEvent: () => undefined,
    // A model is loaded again by the next suggestion, not by the start of its process.
    prepare: async () => undefined,
    isRepeatable: () => false,
    onRestart: () => undefined,
    report: options.report,
  });
  return {
    provider: async (signal) => {
      const { generationModel: modelId, threads } = options.settings.current();
      if (modelId === null) return null;
      const path = await options.models.generationFile(modelId, signal);
      const { capabilities } = await host.request("load", { modelId, path, threads }, signal);
      const provider: Provider = {
        id: "llama-cpp",
        capabilities,
        stream: (call, stop) => host.stream("generate", call, stop),
        listModels: async () => [{ id: modelId, maxInputTokens: capabilities.maxInputTokens }],
        checkHealth: async () => undefined,
      };
      return { provider, model: modelId };
    },
    unload: async () => {
      if (host.process() !== null) await host.request("unload", undefined, new AbortController().signal);
    },
    close: () => host.stop(),
  };
}
