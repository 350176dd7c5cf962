import type { ProviderCall } from "../provider.ts";

/** A call with everything in its place; override what the rig needs. */
export function exampleCall(changes: Partial<ProviderCall> = {}): ProviderCall {
  return {
    requestId: "contract-1",
    model: "contract-model",
    messages: [
      { role: "system", content: "Answer from the passages." },
      { role: "user", content: "How long is the notice period?" },
    ],
    maxOutputTokens: 64,
    temperature: 0,
    thinking: { enabled: false },
    ...changes,
  };
}
