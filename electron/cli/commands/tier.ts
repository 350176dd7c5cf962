import type { TierStatus } from "../../../core/contract/providers.ts";
import type { ChosenTier } from "../../../core/tiers/tier-book.ts";
import type { Session } from "../session.ts";

const names = ["standard", "high-quality", "private"] as const satisfies readonly ChosenTier[];

/** `qwill tier set TIER PROVIDER` */
export function setTierCommand(session: Session, [tier, provider = ""]: string[]): Promise<number> {
  return choose(session, tier, provider);
}

/** `qwill tier clear TIER` */
export function clearTierCommand(session: Session, [tier]: string[]): Promise<number> {
  return choose(session, tier, null);
}

async function choose(session: Session, given: string | undefined, provider: string | null): Promise<number> {
  const tier = names.find((name) => name === given);
  if (tier === undefined) {
    session.output.note(`A tier is one of ${names.join(", ")}; local needs no provider.`);
    return 2;
  }
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    const statuses = await tiers.chooseTier(tier, provider, session.signal);
    const status = statuses.find((one) => one.tier === tier);
    if (status !== undefined) session.output.result(status, () => wordsOf(status));
    return 0;
  });
}

/** `qwill tier list` */
export async function listTiersCommand(session: Session): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    for (const status of await tiers.statuses(session.signal))
      session.output.result(status, () => wordsOf(status));
    return 0;
  });
}

function wordsOf({ tier, available, provider, model, host, reach }: TierStatus): string {
  if (tier === "local") return `local  on this device, nothing leaves  ${model ?? "quotes"}`;
  if (!available) return `${tier}  not set up`;
  return `${tier}  ${provider}  ${model}  text goes to ${host} (${reach})`;
}
