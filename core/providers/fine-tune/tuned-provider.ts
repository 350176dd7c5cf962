import type { ProviderConfig, QwenRegion } from "../../contract/providers.ts";
import { lowRankPrices, trainingPrices } from "./tuning-prices.ts";

/** Bases that can be tuned low-rank, deployed by token and priced before; the first is proposed. */
export const tunableBases: readonly string[] = [...trainingPrices.keys()].filter((base) =>
  lowRankPrices.some(({ model }) => model === `${base}@lora`),
);

/** Where tuning is offered: Beijing surely; of the other regions the provider's own pages disagree. */
export const tuningSupport = (region: QwenRegion): "offered" | "experimental" =>
  region === "beijing" ? "offered" : "experimental";

/** A provider that calls a deployment with the key and place of the one its model was tuned with. */
export function tunedProvider(
  source: ProviderConfig,
  deployedModel: string,
  base: string,
  name: string,
): ProviderConfig {
  const { maxInputTokens: _input, maxOutputTokens: _output, ...rest } = source;
  return {
    ...rest,
    name,
    model: deployedModel,
    tunedFrom: base,
    // The model list does not name deployments.
    skipModelListing: true,
    thinking: { enabled: false },
  };
}
