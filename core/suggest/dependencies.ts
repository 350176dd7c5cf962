import type { Reach, Tier } from "../contract/tiers.ts";
import type { Message, Provider } from "../providers/provider.ts";
import type { Retriever } from "../rag/search/retriever.ts";
import type { TextWords } from "../contract/text-words.ts";
import type { Decide, SpendReading } from "../safety/decision.ts";
import type { Moderator } from "../safety/moderator.ts";
import type { Sanitizer } from "../safety/sanitizer.ts";

/** What serves a tier now. */
export interface ServedTier {
  readonly provider: Provider;
  readonly model: string;
  /** The model's own count where its tokenizer is at hand; left out: estimated. */
  readonly countTokens?: (text: string) => number;
  /** Where the budget stands, when this provider is paid from it. */
  readonly spend?: SpendReading | null;
}

/** What a collection allows; `id` as in `SuggestRequest.collections`. */
export interface CollectionReach {
  readonly id: number;
  readonly name: string;
  readonly reach: Reach;
}

/** Exactly what is about to be sent, for the person to look at. */
export interface Payload {
  readonly tier: Tier;
  readonly reach: Reach;
  readonly messages: readonly Message[];
}

/** Everything `suggest` needs, handed in by compose. */
export interface SuggestDependencies {
  readonly retriever: Retriever;
  /** Who serves the tier; rejects with provider-not-configured, model-missing … */
  readonly serve: (tier: Tier, signal: AbortSignal) => Promise<ServedTier>;
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
  readonly decide: Decide;
  readonly moderator: Moderator;
  /** Null while there is none: the decision is told so, and a decision to sanitise all the same refuses. */
  readonly sanitizer: Sanitizer | null;
  /** Shows the payload; false stops the request. Null while there is none: then review refuses. */
  readonly review: ((payload: Payload, signal: AbortSignal) => Promise<boolean>) | null;
  readonly words: TextWords;
  /** Passages offered for one request. */
  readonly passageLimit: () => number;
  readonly thinking: () => boolean;
  /** 12 fresh random bytes. */
  readonly randomBytes: () => Uint8Array;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  /** Told of what is a bug, never of what can happen. */
  readonly onBug: (error: unknown) => void;
}
