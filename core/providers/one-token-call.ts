import type { ProviderCall } from "./provider.ts";

/** The probe that works everywhere: a call for one token, billed as one. */
export const oneTokenCall = (model: string): ProviderCall => ({
  requestId: "health",
  model,
  messages: [{ role: "user", content: "Hi" }],
  maxOutputTokens: 1,
  temperature: 0,
  thinking: { enabled: false },
});
