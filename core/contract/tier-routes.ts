import { z } from "zod";
import { budget, expectedUse, forecastRow, priceChange, providerPrice, spendReport } from "./costs.ts";
import { id } from "./documents.ts";
import { ledgerRow } from "./ledger.ts";
import {
  connectionTest,
  providerConfig,
  providerSecrets,
  tierChoices,
  tierStatus,
  vendor,
} from "./providers.ts";
import { route } from "./route.ts";
import { suggestRequest } from "./suggest.ts";
import { fineTuneReview, fineTuneJob, fineTuneQuote } from "./fine-tune.ts";

const nothing = z.undefined();
const byName = z.strictObject({ name: providerConfig.shape.name });

/** What the window may say of a provider; secrets go in and never come back. */
export const providerDraft = z.strictObject({
  config: providerConfig.omit({
    headerNames: true,
    hasApiKey: true,
    hasCertificateAuthority: true,
    hasClientCertificate: true,
    reach: true,
  }),
  /** Left-out secrets keep their value. */
  secrets: providerSecrets,
});
export type ProviderDraft = z.infer<typeof providerDraft>;

/** One row of the vendor registry, for the set-up form and the data card. */
export const vendorCard = z.strictObject({
  vendor,
  name: z.string(),
  needsBaseUrl: z.boolean(),
  needsApiKey: z.boolean(),
  /** How keys begin whose terms exclude this use; null: none are known. */
  planKeyPrefix: z.string().nullable(),
  usualBaseUrl: z.string().nullable(),
  regions: z.array(
    z.strictObject({
      region: z.string(),
      dataAtRest: z.string(),
      inference: z.array(z.string()),
      needsWorkspace: z.boolean(),
      /** Whether models can be tuned there: by the provider's pages surely, or by some of them. */
      tuning: z.enum(["offered", "experimental"]),
    }),
  ),
  shippedModels: z.array(z.string()),
  /** Models that can be tuned at a price that is known before; the first is proposed. */
  tunableModels: z.array(z.string()),
  /** Keys of the sentences on retention and training, with their date, in the language catalogues. */
  terms: z.array(z.strictObject({ key: z.string(), asOf: z.string() })),
});
export type VendorCard = z.infer<typeof vendorCard>;

/** Requests about what goes beyond this device: providers, tiers, costs, the ledger, fine-tuning. */
export const tierRoutes = {
  "providers.vendors": route(nothing, z.array(vendorCard)),
  "providers.list": route(nothing, z.array(providerConfig)),
  "providers.save": route(providerDraft, providerConfig),
  "providers.remove": route(byName, nothing),
  "providers.test": route(byName, connectionTest),
  "tiers.list": route(nothing, z.array(tierStatus)),
  "tiers.choices": route(nothing, tierChoices),
  "tiers.set": route(
    z.strictObject({
      tier: z.enum(["standard", "high-quality", "private"]),
      provider: z.string().nullable(),
    }),
    z.array(tierStatus),
  ),
  "costs.report": route(
    z.strictObject({
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
    }),
    spendReport,
  ),
  "costs.set-budget": route(budget, spendReport),
  /** What each provider is paid, as it is counted. */
  "costs.prices": route(nothing, z.array(providerPrice)),
  /** The person's own price of a provider, before any other; null takes it away. */
  "costs.set-price": route(priceChange, z.array(providerPrice)),
  "costs.forecast": route(expectedUse, z.array(forecastRow)),
  /** Tokens and cost of a request before it is sent; nothing leaves. */
  "costs.estimate": route(
    suggestRequest,
    z.strictObject({
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      exact: z.boolean(),
      cost: z.strictObject({ amount: z.number(), currency: z.string() }).nullable(),
    }),
  ),
  "ledger.list": route(
    z.strictObject({ offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(500) }),
    z.strictObject({ rows: z.array(ledgerRow), total: z.number().int() }),
  ),
  /** Null: it was forgotten. */
  "ledger.payload": route(z.strictObject({ id }), z.strictObject({ text: z.string().nullable() })),
  /** Forgets what one call sent, or (null) what every call sent; rows and hashes stay. */
  "ledger.forget": route(
    z.strictObject({ id: id.nullable() }),
    z.strictObject({ forgotten: z.number().int().nonnegative() }),
  ),
  "fine-tune.examples": route(nothing, fineTuneReview),
  /** Saves the reviewed examples as JSONL where the person says (a dialog). */
  "fine-tune.export": route(
    z.strictObject({ exampleIds: z.array(id).max(100_000) }),
    z.strictObject({ saved: z.boolean(), examples: z.number() }),
  ),
  "fine-tune.quote": route(
    z.strictObject({
      provider: z.string(),
      model: z.string(),
      epochs: z.number().int().min(1).max(20),
      exampleIds: z.array(id),
    }),
    fineTuneQuote,
  ),
  "fine-tune.start": route(
    z.strictObject({
      provider: z.string(),
      model: z.string(),
      epochs: z.number().int().min(1).max(20),
      exampleIds: z.array(id).min(1),
      name: z.string().regex(/^[a-z0-9-]{1,40}$/),
    }),
    fineTuneJob,
  ),
  "fine-tune.jobs": route(z.strictObject({ provider: z.string() }), z.array(fineTuneJob)),
  "fine-tune.cancel": route(z.strictObject({ provider: z.string(), jobId: z.string() }), fineTuneJob),
  "fine-tune.deploy": route(z.strictObject({ provider: z.string(), jobId: z.string() }), fineTuneJob),
  "fine-tune.use": route(z.strictObject({ provider: z.string(), jobId: z.string() }), z.array(tierStatus)),
  "fine-tune.remove": route(z.strictObject({ provider: z.string(), jobId: z.string() }), nothing),
};
