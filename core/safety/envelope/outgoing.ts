import type { BudgetState, Currency } from "../../contract/costs.ts";
import type { LedgerPurpose } from "../../contract/ledger.ts";
import type { Provenance } from "../../contract/provenance.ts";
import type { Reach, Tier } from "../../contract/tiers.ts";
import type { Verdict } from "../moderator.ts";

/** What a text is in the request that it is a part of. */
export type PartKind = "request" | "pasted" | "turn" | "passage-origin" | "passage" | "training";

/** One text that may leave, with where it comes from. */
export interface Part {
  readonly kind: PartKind;
  readonly text: string;
  readonly provenance: Provenance;
}

/** Where this month stands in the budget, in its own currency by the rates that the person stated. */
export interface SpendReading {
  readonly state: BudgetState;
  readonly spent: number;
  /** Null: no limit is set. */
  readonly limit: number | null;
  readonly currency: Currency;
}

/** How far the turns of a conversation have been, and whether the person lets them go further. */
export interface Conversation {
  readonly been: readonly Reach[];
  readonly hasConsent: boolean;
}

/** What is about to leave, before it is put into words: every purpose says it in this form. */
export interface Outgoing {
  readonly requestId: string;
  readonly purpose: LedgerPurpose;
  readonly tier: Tier | null;
  /** How far its destination is. */
  readonly reach: Reach;
  /** Scheme, host and port of its destination; null: it stays within this device's processes. */
  readonly origin: string | null;
  readonly parts: readonly Part[];
  /** What moderation says of the request. */
  readonly verdict: Verdict;
  /** Null: it is no part of a conversation. */
  readonly conversation: Conversation | null;
  /** Null: nothing is paid for it from the budget. */
  readonly spend: SpendReading | null;
}

/** One call with its address, as it goes out. */
export interface AddressedRequest {
  readonly address: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Exactly what would be sent. */
export interface Letter {
  readonly outgoing: Outgoing;
  /** The texts in it, with private values replaced. */
  readonly texts: readonly string[];
  readonly request: AddressedRequest;
}
