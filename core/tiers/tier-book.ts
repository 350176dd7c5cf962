import { AppError } from "../contract/errors.ts";
import type { ProviderConfig, TierChoices, TierStatus } from "../contract/providers.ts";
import type { Reach, Tier } from "../contract/tiers.ts";
import { originOfProvider } from "./provider-config.ts";

/** The tiers that a provider is chosen for; `local` needs none. */
export type ChosenTier = keyof TierChoices;
export const chosenTiers = ["standard", "high-quality", "private"] as const satisfies readonly ChosenTier[];

/** How far a tier goes while nothing is set up for it, as its words say. */
const usualReach: Readonly<Record<ChosenTier, Reach>> = {
  standard: "cloud",
  "high-quality": "cloud",
  private: "organisation",
};

/** How each tier stands, `local` first. */
export function tierStatuses(
  choices: TierChoices,
  providers: readonly ProviderConfig[],
  localModel: string | null,
): TierStatus[] {
  const local: TierStatus = {
    tier: "local",
    available: true,
    reach: "device",
    provider: null,
    vendor: null,
    model: localModel,
    host: null,
  };
  return [local, ...chosenTiers.map((tier) => statusOf(tier, chosenFor(tier, choices, providers)))];
}

function statusOf(tier: ChosenTier, config: ProviderConfig | null): TierStatus {
  if (config === null)
    return {
      tier,
      available: false,
      reach: usualReach[tier],
      provider: null,
      vendor: null,
      model: null,
      host: null,
    };
  return {
    tier,
    available: true,
    reach: config.reach,
    provider: config.name,
    vendor: config.vendor,
    model: config.model,
    host: new URL(originOfProvider(config)).host,
  };
}

function chosenFor(
  tier: ChosenTier,
  choices: TierChoices,
  providers: readonly ProviderConfig[],
): ProviderConfig | null {
  const config = providers.find(({ name }) => name === choices[tier]) ?? null;
  return config !== null && mayServe(tier, config) ? config : null;
}

/** The private tier is a server of the organisation's own: what may be somebody else's never stands behind its words. */
function mayServe(tier: ChosenTier, config: ProviderConfig): boolean {
  return tier !== "private" || config.reach !== "cloud";
}

/** The name of the provider that serves a tier. Throws provider-not-configured. */
export function providerNameOf(tier: Tier, choices: TierChoices): string {
  const name = tier === "local" ? null : choices[tier];
  if (name === null) throw new AppError("provider-not-configured", { facts: { tier } });
  return name;
}

/** Throws not-allowed for a provider that may not serve a tier. */
export function refuseUnfit(tier: ChosenTier, config: ProviderConfig): void {
  if (!mayServe(tier, config))
    throw new AppError("not-allowed", {
      facts: { reason: "private-tier-is-not-cloud", provider: config.name },
    });
}

/** The choices after one was made, or after a provider is gone. */
export function chooseFor(choices: TierChoices, tier: ChosenTier, provider: string | null): TierChoices {
  return { ...choices, [tier]: provider };
}
export function withoutProvider(choices: TierChoices, name: string): TierChoices {
  const kept = (tier: ChosenTier) => (choices[tier] === name ? null : choices[tier]);
  return {
    standard: kept("standard"),
    "high-quality": kept("high-quality"),
    private: kept("private"),
  };
}
