import { useTranslation } from "react-i18next";
import type { TierStatus } from "../../../core/contract/providers.ts";
import { reaches, type Reach } from "../../../core/contract/tiers.ts";
import { useAction } from "../../app/routes.ts";
import { showMessage } from "../../ui/messages.ts";

/** Lets these collections travel as far as `reach`; resolves once all of them may. */
export function useWidening(): (ids: readonly number[], reach: Reach) => Promise<void> {
  const update = useAction("collections.update");
  return async (ids, reach) => {
    for (const id of ids) await update.mutateAsync({ id, reach });
    showMessage("messages.reachWidened");
  };
}

/** Who sees a request and its passages in a tier, in one sentence. */
export function useWhoSees(): (status: TierStatus | undefined) => string {
  const { t } = useTranslation();
  return (status) => (status ? t(`tier.sees_${status.reach}`, { host: status.host ?? "" }) : "");
}

/** The ids that a refusal names. */
export function idsOf(facts: Readonly<Record<string, unknown>>): number[] {
  const { ids } = facts;
  return typeof ids === "string" ? ids.split(",").map(Number).filter(Number.isInteger) : [];
}

/** The reach that a refusal was about. */
export function wantedOf(facts: Readonly<Record<string, unknown>>): Reach | null {
  return reaches.find((reach) => reach === facts["wanted"]) ?? null;
}
