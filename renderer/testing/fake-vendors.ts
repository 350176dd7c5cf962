import type { ProviderDraft, VendorCard } from "../../core/contract/tier-routes.ts";
import type { ProviderConfig, Vendor } from "../../core/contract/providers.ts";
import type { Reach } from "../../core/contract/tiers.ts";

function own(vendor: Vendor, name: string, usualBaseUrl: string | null): VendorCard {
  return {
    vendor,
    name,
    needsBaseUrl: usualBaseUrl === null,
    needsApiKey: vendor === "pai-eas",
    planKeyPrefix: null,
    usualBaseUrl,
    regions: [],
    shippedModels: [],
    tunableModels: [],
    terms: [],
  };
}

const region = (name: string, dataAtRest: string, inference: string[], needsWorkspace = false) => ({
  region: name,
  dataAtRest,
  inference,
  needsWorkspace,
  tuning: name === "beijing" ? ("offered" as const) : ("experimental" as const),
});

/** Vendors as main describes them. */
export const fakeVendors: VendorCard[] = [
  {
    ...own("qwen", "Qwen (Model Studio)", null),
    needsBaseUrl: false,
    needsApiKey: true,
    planKeyPrefix: "sk-sp-",
    regions: [
      region("beijing", "cn-beijing", ["mainland-china"]),
      region("singapore", "ap-southeast-1", ["international"]),
      region("virginia", "us-east-1", ["global", "us"]),
      region("hong-kong", "cn-hongkong", ["global", "hong-kong"]),
      region("frankfurt", "eu-central-1", ["global", "eu"], true),
      region("tokyo", "ap-northeast-1", ["global", "japan"], true),
    ],
    shippedModels: ["qwen-plus", "qwen-max", "qwen-flash", "qwen3-8b", "qwen3-14b"],
    tunableModels: ["qwen3-8b", "qwen3-14b", "qwen3-32b"],
    terms: ["qwen-training", "qwen-retention", "qwen-own-moderation"].map((key) => ({
      key,
      asOf: "2026-10-11",
    })),
  },
  own("vllm", "vLLM", "http://127.0.0.1:8000/v1"),
  own("sglang", "SGLang", "http://127.0.0.1:30000/v1"),
  own("llama-cpp", "llama.cpp", "http://127.0.0.1:8080/v1"),
  own("ollama", "Ollama", "http://127.0.0.1:11434/v1"),
  own("lm-studio", "LM Studio", "http://127.0.0.1:1234/v1"),
  own("pai-eas", "PAI-EAS", null),
  {
    ...own("gemini", "Google Gemini", "https://generativelanguage.googleapis.com"),
    needsApiKey: true,
    shippedModels: ["gemini-2.5-pro", "gemini-2.5-flash"],
    terms: ["gemini-training", "gemini-retention"].map((key) => ({ key, asOf: "2026-10-07" })),
  },
  own("openai-compatible", "OpenAI-compatible", null),
];

export function hostOf(config: ProviderDraft["config"] | ProviderConfig): string {
  const card = fakeVendors.find(({ vendor }) => vendor === config.vendor);
  const base = config.baseUrl ?? card?.usualBaseUrl;
  if (base) return new URL(base).host;
  const place = card?.regions.find((row) => row.region === config.region)?.dataAtRest ?? "cn-beijing";
  return `${config.workspace ?? "dashscope"}.${place}.maas.aliyuncs.com`;
}

export function reachOfFake(config: ProviderDraft["config"]): Reach {
  if (config.vendor === "qwen" || config.vendor === "gemini") return "cloud";
  return hostOf(config).startsWith("127.") ? "device" : "organisation";
}
