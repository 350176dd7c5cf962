import type { Currency, OwnPrice, PriceRow } from "../contract/costs.ts";
import type { ProviderConfig, QwenRegion, Vendor } from "../contract/providers.ts";
import { lowRankPrices } from "./fine-tune/tuning-prices.ts";
import { geminiPrices } from "./prices-gemini.ts";
import { qwenPrices } from "./prices-qwen.ts";

/** Every price that ships, each with the day it was read; a person's own rows are put before these. */
export const shippedPrices: readonly PriceRow[] = [...qwenPrices, ...geminiPrices, ...lowRankPrices];

export interface PriceQuery {
  readonly vendor: Vendor;
  readonly model: string;
  /** Of hosted Qwen: the place and, where it leaves the choice, the scope of inference. */
  readonly region?: QwenRegion | undefined;
  readonly scope?: string | undefined;
  /** Unix milliseconds. */
  readonly at: number;
  /** Preferred where the same model has prices in two currencies (Singapore). */
  readonly currency?: Currency | undefined;
}

/** Models that the provider itself serves by another one. */
const servedBy: ReadonlyMap<string, string> = new Map([["gemini-3.7-flash", "gemini-3.8-flash"]]);

/** The price of a model at a moment; null where none is known, such as for an organisation's own server. */
export function priceFor(query: PriceQuery, rows: readonly PriceRow[] = shippedPrices): PriceRow | null {
  const day = new Date(query.at).toISOString().slice(0, 10);
  const { names, scope } = namesOf(query);
  const fitting = rows.filter(
    (row) =>
      row.vendor === query.vendor &&
      (row.scope === "any" || row.scope === scope) &&
      (row.validFrom === null || row.validFrom <= day) &&
      (row.validTo === null || row.validTo >= day),
  );
  for (const name of names) {
    const named = fitting.filter((row) => row.model === name);
    const row = named.find(({ currency }) => currency === query.currency) ?? named[0];
    if (row) return row;
  }
  return null;
}

/** The price of what a provider is set up to use: the person's own, else a shipped one. A tuned model has the price of a low-rank deployment of its base. */
export function priceForProvider(
  config: Pick<ProviderConfig, "name" | "vendor" | "model" | "region" | "scope" | "tunedFrom">,
  at: number,
  currency?: Currency,
  own: readonly OwnPrice[] = [],
): PriceRow | null {
  const stated = own.find(({ provider, model: named }) => provider === config.name && named === config.model);
  if (stated !== undefined) return rowOf(stated, config.vendor);
  const model = config.tunedFrom === undefined ? config.model : `${config.tunedFrom}@lora`;
  return priceFor({ ...config, model, at, currency });
}

function rowOf({ model, currency, input, output, asOf }: OwnPrice, vendor: Vendor): PriceRow {
  return {
    vendor,
    scope: "any",
    model,
    currency,
    validFrom: null,
    validTo: null,
    asOf,
    source: "stated by the person",
    steps: [{ upTo: null, input, output }],
  };
}

/** The names to look under, nearest first: as given, without a snapshot's date, as it is served. */
function namesOf({ vendor, model, region, scope }: PriceQuery): { names: string[]; scope: string } {
  const name = model.replace(/^models\//, "");
  const place = vendor === "qwen" && region !== undefined ? priceScope(region, scope) : "any";
  const isUnitedStates = vendor === "qwen" && region === "virginia" && name.endsWith("-us");
  const plain = isUnitedStates ? name.slice(0, -3) : name;
  // qwen3.8-max-0902 and qwen-plus-2025-07-28 are snapshots of the name before the date.
  const undated = plain.replace(/-(\d{4}|\d{4}-\d{2}-\d{2})$/, "");
  return {
    names: [...new Set([plain, servedBy.get(plain) ?? plain, undated])],
    scope: isUnitedStates ? "us" : place,
  };
}

/**
 * The price list that a region and scope of hosted Qwen are billed by. A region that leaves the choice
 * open counts as "global" until a scope is named. Hong Kong's prices are not known.
 */
export function priceScope(region: QwenRegion, scope?: string): string {
  if (region === "beijing") return "mainland-china";
  if (region === "singapore") return "international";
  if (region === "hong-kong") return "hong-kong";
  return scope?.toLowerCase() ?? "global";
}
