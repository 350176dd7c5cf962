import { reachOfHost } from "../contract/address-reach.ts";
import { AppError } from "../contract/errors.ts";
import type { ProviderConfig, ProviderSecrets, Vendor } from "../contract/providers.ts";
import type { Reach } from "../contract/tiers.ts";
import { geminiAddress, geminiBase } from "./gemini/gemini-address.ts";
import { makeGeminiProvider } from "./gemini/gemini-provider.ts";
import { baseAddress } from "./openai-compatible/base-address.ts";
import { makeOpenAiProvider } from "./openai-compatible/openai-provider.ts";
import { byStatusAlone, type VendorTraits } from "./openai-compatible/vendor-traits.ts";
import type { ModelInfo, RemoteProvider } from "./provider.ts";
import { qwenAddress } from "./qwen/hosts.ts";
import { shippedQwenModels } from "./qwen/models.ts";
import { qwenTraits } from "./qwen/traits.ts";
import type { CountTokens } from "./tokens/count-tokens.ts";
import { requestHeaders } from "./wire/request-headers.ts";
import type { RetryClock, RetryPolicy } from "./wire/retry.ts";
import type { WireFetch } from "./wire/wire-fetch.ts";

/** What every adapter is handed beside its fetch. */
export interface ProviderDeps {
  readonly clock: RetryClock;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Tokens of a text, for servers that report none. */
  readonly countTokens: CountTokens;
  readonly retries?: RetryPolicy;
}

/** One kind of server. A new one that speaks a known protocol is one row here (see README.md). */
export interface VendorRow {
  /** What it is called in the window. */
  readonly name: string;
  /** Where a server of this kind usually listens; null: the person says, or the region does. */
  readonly usualAddress: string | null;
  /** Somebody else's machines: text that goes there is in the cloud, whatever the settings say. */
  readonly isHosted: boolean;
  readonly needsKey: boolean;
  /** What it can be asked for when it gives no list. */
  readonly shippedModels?: readonly ModelInfo[];
  /** Null: it has a protocol of its own. */
  readonly traits: ((model: string) => VendorTraits) | null;
}

/** What most servers have in common: vLLM's ways, whose protocol the others follow. */
const usual = {
  asksForUsage: true,
  outputLimitField: "max_tokens",
  thinkingSwitch: "chat_template_kwargs",
  countsThoughtsInLimit: true,
  modelsPath: "/models",
  healthPath: null,
  cutsSilently: false,
  // Prompt and answer share the window: together what a server with 16,384 tokens holds.
  maxInputTokens: 12_288,
  maxOutputTokens: 4096,
  classify: byStatusAlone,
} as const satisfies Omit<VendorTraits, "vendor">;

const own = { usualAddress: null, isHosted: false, needsKey: false } as const;

export const vendorRows: Readonly<Record<Vendor, VendorRow>> = {
  qwen: {
    name: "Qwen (Model Studio)",
    usualAddress: null,
    isHosted: true,
    needsKey: true,
    shippedModels: shippedQwenModels,
    traits: qwenTraits,
  },
  vllm: {
    ...own,
    name: "vLLM",
    usualAddress: "http://127.0.0.1:8000/v1",
    traits: () => ({
      ...usual,
      vendor: "vllm",
      healthPath: "/health",
      thinkingBudgetField: "thinking_token_budget",
      mayOmitThinkTag: true,
    }),
  },
  sglang: {
    ...own,
    name: "SGLang",
    usualAddress: "http://127.0.0.1:30000/v1",
    traits: () => ({ ...usual, vendor: "sglang", healthPath: "/health", mayOmitThinkTag: true }),
  },
  "llama-cpp": {
    ...own,
    name: "llama.cpp",
    usualAddress: "http://127.0.0.1:8080/v1",
    // Its list needs no key and answers while the model loads.
    traits: () => ({
      ...usual,
      vendor: "llama-cpp",
      healthPath: "/health",
      probesWithToken: true,
      mayOmitThinkTag: true,
      maxInputTokens: 6144,
    }),
  },
  ollama: {
    ...own,
    name: "Ollama",
    usualAddress: "http://127.0.0.1:11434/v1",
    traits: () => ({
      ...usual,
      vendor: "ollama",
      thinkingSwitch: "reasoning_effort",
      healthPath: "/api/version",
      cutsSilently: true,
      // Its window is 4,096 on most machines, and the answer has to fit too.
      maxInputTokens: 3072,
    }),
  },
  "lm-studio": {
    ...own,
    name: "LM Studio",
    usualAddress: "http://127.0.0.1:1234/v1",
    // Thinking depends on the model and is switched in LM Studio itself.
    traits: () => ({ ...usual, vendor: "lm-studio", thinkingSwitch: "none", mayOmitThinkTag: true }),
  },
  "pai-eas": {
    ...own,
    name: "PAI-EAS",
    needsKey: true,
    traits: () => ({ ...usual, vendor: "pai-eas", mayOmitThinkTag: true }),
  },
  gemini: {
    name: "Google Gemini",
    usualAddress: geminiBase,
    isHosted: true,
    needsKey: true,
    traits: null,
  },
  "openai-compatible": {
    ...own,
    name: "OpenAI-compatible",
    // A server we do not know may refuse fields that are not in OpenAI's own protocol.
    traits: () => ({ ...usual, vendor: "openai-compatible", thinkingSwitch: "none", maxInputTokens: 6144 }),
  },
};

/**
 * The root address that calls of this provider go to; its origin is what the gate's allow-list names.
 * Throws provider-not-configured where the settings name none.
 */
export function providerAddress(config: ProviderConfig): string {
  if (config.vendor === "gemini") return geminiAddress(config.baseUrl);
  const given = config.baseUrl ?? vendorRows[config.vendor].usualAddress;
  if (given !== null) return baseAddress(given);
  if (config.vendor === "qwen" && config.region !== undefined)
    return qwenAddress(config.region, config.workspace);
  throw new AppError("provider-not-configured", {
    facts: { reason: config.vendor === "qwen" ? "region-needed" : "address-needed" },
  });
}

/** How far text goes with this provider: by its address, and to a hosted one always to the cloud. */
export function providerReach(config: ProviderConfig): Reach {
  if (vendorRows[config.vendor].isHosted) return "cloud";
  return reachOfHost(new URL(providerAddress(config)).hostname);
}

/**
 * The provider a person set up. Throws provider-not-configured (no address, no key where one is needed),
 * provider-auth (a key no header can carry) or provider-bad-request (an address that is none).
 */
export function makeProvider(
  config: ProviderConfig,
  secrets: ProviderSecrets,
  fetch: WireFetch,
  deps: ProviderDeps,
): RemoteProvider {
  const row = vendorRows[config.vendor];
  if (row.needsKey && (secrets.apiKey ?? "").trim() === "" && config.auth.scheme !== "none")
    throw new AppError("provider-not-configured", { facts: { reason: "key-needed" } });
  const usualOptions = {
    ...deps,
    id: config.name,
    base: providerAddress(config),
    model: config.model,
    maxInputTokens: config.maxInputTokens,
    maxOutputTokens: config.maxOutputTokens,
    shippedModels: row.shippedModels,
    skipModelListing: config.skipModelListing,
    fetch,
  };
  if (row.traits === null)
    return makeGeminiProvider({
      ...usualOptions,
      // In a header of its own, never in the address, where proxies would write it down.
      headers: requestHeaders({ ...config, auth: { scheme: "header", header: "x-goog-api-key" } }, secrets),
    });
  return makeOpenAiProvider({
    ...usualOptions,
    traits: row.traits(config.model),
    headers: requestHeaders(config, secrets),
    reach: providerReach(config),
  });
}
