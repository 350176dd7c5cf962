import { AppError } from "../../contract/errors.ts";
import type { CollectionReach } from "../../contract/provenance.ts";
import type { SuggestRequest } from "../../contract/suggest.ts";
import type { Reach } from "../../contract/tiers.ts";
import { ownWords } from "../../contract/provenance.ts";
import type { Outgoing } from "../../safety/envelope/outgoing.ts";
import type { Verdict } from "../../safety/moderator.ts";
import type { ServedTier, SuggestDependencies } from "../dependencies.ts";
import type { Remembered } from "../turn-memory.ts";

/** A request that may go on, and where it may search. */
export interface Scoped {
  /** What is known of each turn of the request. */
  readonly turns: readonly Remembered[];
  /** Everything the decision looks at but the texts. */
  readonly outgoing: Omit<Outgoing, "parts">;
  readonly within: "everything" | readonly number[];
  readonly leftOut: readonly CollectionReach[];
}

/** How far a tier's text goes. */
export const reachOfServed = (served: ServedTier): Reach =>
  served.engine === "quotes" ? "device" : served.provider.capabilities.reach;

/** Decides on the request and its conversation, and where to search. Throws the refusal: nothing was sent. */
export async function scope(
  request: SuggestRequest,
  served: ServedTier,
  verdict: Verdict,
  dependencies: Pick<SuggestDependencies, "collections" | "decide" | "decideScope" | "turns">,
  signal: AbortSignal,
): Promise<Scoped> {
  const reach = reachOfServed(served);
  const turns = request.turns.map(({ id, answer }) => dependencies.turns.recall(id, answer));
  const outgoing: Scoped["outgoing"] = {
    requestId: request.id,
    purpose: "suggest",
    tier: request.tier,
    reach,
    origin: served.engine === "quotes" ? null : (served.provider.outside?.origin ?? null),
    verdict,
    conversation: { been: turns.map(({ been }) => been), hasConsent: request.reachConsent },
    spend: served.engine === "quotes" ? null : (served.spend ?? null),
  };
  const collections = await dependencies.collections(signal);
  const provenance = [ownWords, ...turns.map((turn) => turn.provenance)];
  const decision = dependencies.decide({ ...outgoing, provenance, collections });
  if (decision.kind === "refuse") throw new AppError(decision.code, { facts: decision.facts });
  const within = dependencies.decideScope({
    reach,
    chosen: request.collections,
    collections,
    goesWithout: request.withoutHeldBack,
  });
  if (within.kind === "refuse") throw new AppError(within.code, { facts: within.facts });
  return { turns, outgoing, within: within.within, leftOut: within.leftOut };
}
