import { reachOfHost } from "../../../core/contract/address-reach.ts";
import type { TierChoices, Vendor } from "../../../core/contract/providers.ts";

/** The tiers a provider is chosen for. */
export const chosenTiers = [
  "standard",
  "high-quality",
  "private",
] as const satisfies readonly (keyof TierChoices)[];

/** Never behind the private tier: hosted, or at a public address. Main decides; this only leaves it off the list. */
export function isInCloud({ vendor, baseUrl }: { vendor: Vendor; baseUrl: string }): boolean {
  if (vendor === "qwen" || vendor === "gemini") return true;
  return URL.canParse(baseUrl) && reachOfHost(new URL(baseUrl).hostname) === "cloud";
}
