import type { VendorCard } from "../contract/tier-routes.ts";
import { qwenRegions, vendors, type Vendor } from "../contract/providers.ts";
import { tunableBases, tuningSupport } from "../providers/fine-tune/tuned-provider.ts";
import { planKeyPrefix } from "../providers/qwen/api-key.ts";
import { qwenHosts } from "../providers/qwen/hosts.ts";
import { vendorRows } from "../providers/registry.ts";

/** Sentences of the catalogues on what a vendor does with text, and the day they were read. */
const terms: Partial<Readonly<Record<Vendor, VendorCard["terms"]>>> = {
  qwen: [
    { key: "qwen-training", asOf: "2026-10-11" },
    { key: "qwen-retention", asOf: "2026-10-11" },
    { key: "qwen-own-moderation", asOf: "2026-10-11" },
  ],
  gemini: [
    { key: "gemini-training", asOf: "2026-10-07" },
    { key: "gemini-retention", asOf: "2026-10-07" },
  ],
};

/** Every kind of server, as the set-up form and the data card show it. */
export function vendorCards(): VendorCard[] {
  return vendors.map((vendor) => {
    const row = vendorRows[vendor];
    return {
      vendor,
      name: row.name,
      needsBaseUrl: row.usualAddress === null && vendor !== "qwen",
      needsApiKey: row.needsKey,
      planKeyPrefix: vendor === "qwen" ? planKeyPrefix : null,
      usualBaseUrl: row.usualAddress,
      regions: vendor === "qwen" ? qwenRegions.map(regionOf) : [],
      shippedModels: (row.shippedModels ?? []).map(({ id }) => id),
      tunableModels: vendor === "qwen" ? [...tunableBases] : [],
      terms: [...(terms[vendor] ?? [])],
    };
  });
}

function regionOf(region: (typeof qwenRegions)[number]): VendorCard["regions"][number] {
  const host = qwenHosts[region];
  return {
    region,
    dataAtRest: host.place,
    inference: [...host.scopes],
    needsWorkspace: host.shared === null,
    tuning: tuningSupport(region),
  };
}
