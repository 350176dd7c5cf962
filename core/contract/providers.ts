import { z } from "zod";
import { failure } from "./errors.ts";
import { reach, tier } from "./tiers.ts";

/** Kinds of servers; each is a row of core/providers/registry.ts. */
export const vendors = [
  "qwen",
  "vllm",
  "sglang",
  "llama-cpp",
  "ollama",
  "lm-studio",
  "pai-eas",
  "gemini",
  "openai-compatible",
] as const;
export const vendor = z.enum(vendors);
export type Vendor = z.infer<typeof vendor>;

/** Regions of hosted Qwen. Where data rests; where inference runs is the scope. */
export const qwenRegions = ["beijing", "singapore", "virginia", "hong-kong", "frankfurt", "tokyo"] as const;
export const qwenRegion = z.enum(qwenRegions);
export type QwenRegion = z.infer<typeof qwenRegion>;

export const authSchemes = ["bearer", "raw", "header", "none"] as const;

/** One provider as a person set it up. Secrets are not in it: they lie in the vault under `name`. */
export const providerConfig = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  vendor,
  model: z.string().max(200),
  /** Base of a model that was fine-tuned here; its price is that of the base's low-rank deployment. */
  tunedFrom: z.string().max(200).optional(),
  /** Needed for every vendor but qwen and gemini, whose rows know their hosts. */
  baseUrl: z.url().optional(),
  region: z.optional(qwenRegion),
  /** Workspace of hosted Qwen: its own host, its own keys. */
  workspace: z.string().max(100).optional(),
  /** Where inference may run, as the region offers it ("global", "eu", …). */
  scope: z.string().max(40).optional(),
  /** The longest way text goes; cloud vendors are always "cloud". */
  reach,
  auth: z.strictObject({ scheme: z.enum(authSchemes), header: z.string().optional() }),
  /** Names of extra headers; their values are secrets. */
  headerNames: z.array(z.string()),
  hasApiKey: z.boolean(),
  hasCertificateAuthority: z.boolean(),
  hasClientCertificate: z.boolean(),
  skipModelListing: z.boolean(),
  thinking: z.strictObject({ enabled: z.boolean(), budget: z.number().int().positive().optional() }),
  maxInputTokens: z.number().int().positive().optional(),
  maxOutputTokens: z.number().int().positive().optional(),
});
export type ProviderConfig = z.infer<typeof providerConfig>;

/** What goes into the vault beside a ProviderConfig; write only for the window. PEM texts for certificates. */
export const providerSecrets = z.strictObject({
  apiKey: z.string().max(4000).optional(),
  headers: z.record(z.string(), z.string().max(8000)).optional(),
  certificateAuthority: z.string().max(200_000).optional(),
  clientCertificate: z.string().max(200_000).optional(),
  clientKey: z.string().max(200_000).optional(),
});
export type ProviderSecrets = z.infer<typeof providerSecrets>;

/** Which provider serves a tier; null: not set up. `local` is the on-device engine and needs none. */
export const tierChoices = z.strictObject({
  standard: z.string().nullable(),
  "high-quality": z.string().nullable(),
  private: z.string().nullable(),
});
export type TierChoices = z.infer<typeof tierChoices>;

/** A tier as the composer shows it. */
export const tierStatus = z.strictObject({
  tier,
  available: z.boolean(),
  reach,
  provider: z.string().nullable(),
  vendor: z.nullable(vendor),
  model: z.string().nullable(),
  /** Host that text goes to; null on the device. */
  host: z.string().nullable(),
});
export type TierStatus = z.infer<typeof tierStatus>;

/** What a connection test found; `failure` null means a call would be served. */
export const connectionTest = z.strictObject({
  failure: z.nullable(failure),
  models: z.array(z.string()),
  modelListed: z.boolean().nullable(),
  milliseconds: z.number(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;
