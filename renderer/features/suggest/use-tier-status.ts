import type { TierStatus } from "../../../core/contract/providers.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import { useRoute } from "../../app/routes.ts";

/** How a tier stands now; undefined until main answered. */
export function useTierStatus(tier: Tier): TierStatus | undefined {
  return useRoute("tiers.list").data?.find((status) => status.tier === tier);
}
