import type { Capabilities, ProviderCall, StreamPart } from "../../core/providers/provider.ts";

/** What the process that runs the on-device language model offers main. */
export type EngineSurface = {
  requests: {
    /** Loads the model unless it is the one loaded. Throws model-missing, model-damaged, memory-too-small. */
    load: (
      input: { modelId: string; path: string; threads: number },
      signal: AbortSignal,
    ) => Promise<{ capabilities: Capabilities }>;
    unload: (input: undefined, signal: AbortSignal) => Promise<void>;
  };
  streams: { generate: (input: ProviderCall, signal: AbortSignal) => AsyncIterable<StreamPart> };
  events: Record<string, never>;
};
