import type { BudgetState, Currency } from "../contract/costs.ts";
import type { ErrorCode, ErrorFacts } from "../contract/errors.ts";
import type { SuggestRequest } from "../contract/suggest.ts";
import { reachAllows, type Reach } from "../contract/tiers.ts";
import type { Verdict } from "./moderator.ts";

/** Where this month stands in the budget, in its own currency by the rates that the person stated. */
export interface SpendReading {
  readonly state: BudgetState;
  readonly spent: number;
  /** Null: no limit is set. */
  readonly limit: number | null;
  readonly currency: Currency;
}

/** Everything the policy decision looks at; it asks nobody and remembers nothing. */
export interface DecisionInput {
  readonly request: SuggestRequest;
  /** How far the chosen tier's provider carries text. */
  readonly reach: Reach;
  /** The collections the request draws on, with the longest reach each allows. */
  readonly collections: readonly { readonly id: number; readonly name: string; readonly reach: Reach }[];
  readonly verdict: Verdict;
  /** Whether there is a sanitizer; without one text that leaves goes as it is, which the tier's words say. */
  readonly canSanitise: boolean;
  /** For a provider that costs money; null: nothing is spent on this request. */
  readonly spend?: SpendReading | null;
}

/** What may happen with a request. `refuse` ends it before anything was sent. */
export type Decision =
  | {
      readonly kind: "proceed";
      /** Private values become placeholders before the text leaves. */
      readonly sanitise: boolean;
      /** The person sees the exact payload first. */
      readonly review: boolean;
    }
  | { readonly kind: "refuse"; readonly code: ErrorCode; readonly facts: ErrorFacts };

export type Decide = (input: DecisionInput) => Decision;

/**
 * What holds whatever the settings say: a verdict of block refuses, a collection's reach is never
 * passed, a conversation moves to a longer reach only with consent, and a budget that is used up stops what
 * costs money. Text that leaves the device is sanitised where that can be done. Managed policy and review
 * are laid over this by their own component.
 */
export function decide(input: DecisionInput): Decision {
  const { request, reach, collections, verdict, canSanitise, spend } = input;
  if (verdict.state === "checked" && verdict.action === "block")
    return { kind: "refuse", code: "not-allowed", facts: { categories: verdict.categories.join(",") } };
  const kept = collections.find((collection) => !reachAllows(collection.reach, reach));
  if (kept)
    return {
      kind: "refuse",
      code: "reach-not-allowed",
      facts: { collection: kept.name, allowed: kept.reach, wanted: reach },
    };
  if (!request.reachConsent && request.turns.some((turn) => !reachAllows(turn.reach, reach)))
    return { kind: "refuse", code: "reach-needs-consent", facts: { wanted: reach } };
  if (spend?.state === "stopped")
    return {
      kind: "refuse",
      code: "budget-exceeded",
      facts: {
        spent: spend.spent,
        ...(spend.limit !== null && { limit: spend.limit }),
        currency: spend.currency,
      },
    };
  return { kind: "proceed", sanitise: canSanitise && reach !== "device", review: false };
}
