import type { ErrorCode, ErrorFacts } from "../contract/errors.ts";
import { reachOfText, type CollectionReach, type Provenance } from "../contract/provenance.ts";
import { reachAllows, type Reach } from "../contract/tiers.ts";
import type { Outgoing } from "./envelope/outgoing.ts";
import { refuseFor, type Refusal } from "./scope.ts";

/** What a decision looks at; it asks nobody and remembers nothing. */
export interface DecisionInput extends Pick<
  Outgoing,
  "purpose" | "tier" | "reach" | "verdict" | "conversation" | "spend"
> {
  /** Of every text that would leave, as far as they are known by now. */
  readonly provenance: readonly Provenance[];
  /** The collections there are, with what each allows now. */
  readonly collections: readonly CollectionReach[];
}

/** `refuse` ends it before anything was sent. What leaves is masked and reviewed by steps of its own. */
export type Decision = { readonly kind: "proceed" } | Refusal;

export type Decide = (input: DecisionInput) => Decision;

const refuse = (code: ErrorCode, facts: ErrorFacts): Refusal => ({ kind: "refuse", code, facts });

/**
 * What holds whatever the settings say: a verdict of block refuses; no text goes further than every collection it
 * draws on allows, whatever the person consented to; a conversation goes further than it has been only with
 * consent; a budget that is used up stops what costs money. Managed policy is laid over this by its own component.
 */
export function decide(input: DecisionInput): Decision {
  const { reach, provenance, collections, verdict, conversation, spend } = input;
  if (verdict.state === "checked" && verdict.action === "block")
    return refuse("not-allowed", { categories: verdict.categories.join(",") });
  const kept = provenance.filter((from) => !reachAllows(reachOfText(from, collections), reach));
  if (kept.length > 0) return refuseFor(keepersOf(kept, collections, reach), reach, "texts");
  if (conversation && !conversation.hasConsent && conversation.been.some((been) => !reachAllows(been, reach)))
    return refuse("reach-needs-consent", { wanted: reach });
  if (spend?.state === "stopped")
    return refuse("budget-exceeded", {
      spent: spend.spent,
      ...(spend.limit !== null && { limit: spend.limit }),
      currency: spend.currency,
    });
  return { kind: "proceed" };
}

/** The collections that keep these texts from going so far; none where nobody knows where they come from. */
function keepersOf(
  kept: readonly Provenance[],
  collections: readonly CollectionReach[],
  wanted: Reach,
): CollectionReach[] {
  return collections.filter(
    ({ id, reach }) => !reachAllows(reach, wanted) && kept.some((from) => from.collections.includes(id)),
  );
}
