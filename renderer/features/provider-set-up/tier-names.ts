import type { TierChoices, Vendor } from "../../../core/contract/providers.ts";

/** The tiers a provider is chosen for. */
export const chosenTiers = [
  "standard",
  "high-quality",
  "private",
] as const satisfies readonly (keyof TierChoices)[];

/** Somebody else's machines: never behind the private tier. Main decides; this only leaves them off the list. */
export function isHosted(vendor: Vendor): boolean {
  return vendor === "qwen" || vendor === "gemini";
}
