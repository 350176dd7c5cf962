import type { CollectionReach } from "../contract/provenance.ts";
import type { Cost, Usage } from "../contract/suggest.ts";
import type { TextWords } from "../contract/text-words.ts";
import type { Tier } from "../contract/tiers.ts";
import type { Provider, ProviderCall, QuotingEngine, StreamPart } from "../providers/provider.ts";
import type { CountTokens } from "../providers/tokens/count-tokens.ts";
import type { Retriever } from "../rag/search/retriever.ts";
import type { Decide } from "../safety/decision.ts";
import type { Envelope } from "../safety/envelope/envelope.ts";
import type { AddressedRequest, SpendReading } from "../safety/envelope/outgoing.ts";
import type { Moderator } from "../safety/moderator.ts";
import type { DecideScope } from "../safety/scope.ts";
import type { TurnMemory } from "./turn-memory.ts";

/** A provider as a suggestion uses it. */
export interface ServingProvider extends Pick<Provider, "id" | "capabilities"> {
  /** `booked` hears of what was booked for the call, also where the stream was left before its end. */
  stream(
    call: ProviderCall,
    signal: AbortSignal,
    booked?: (usage: Usage, cost: Cost | null) => void,
  ): AsyncIterable<StreamPart>;
  /** Where its calls go beyond this process; absent where they do not. */
  readonly outside?: {
    /** Scheme, host and port. */
    readonly origin: string;
    /** What would go out for a call, so that it can be sealed first. */
    readonly requestOf: (call: ProviderCall, signal: AbortSignal) => Promise<AddressedRequest>;
  };
}

/** A model that writes. */
export interface ServedModel {
  readonly engine: "model";
  readonly provider: ServingProvider;
  readonly model: string;
  /** The model's own count where its tokenizer is at hand, else an estimate that is high. */
  readonly countTokens: CountTokens;
  /** Where the budget stands, when this provider is paid from it. */
  readonly spend?: SpendReading | null;
}

/** The engine that quotes, on this device. */
export interface ServedQuotes {
  readonly engine: "quotes";
  readonly quotes: QuotingEngine;
}

/** What serves a tier now. */
export type ServedTier = ServedModel | ServedQuotes;

/** Everything `suggest` needs, handed in by compose. */
export interface SuggestDependencies {
  readonly retriever: Retriever;
  /** Who serves the tier; rejects with provider-not-configured, model-missing … */
  readonly serve: (tier: Tier, signal: AbortSignal) => Promise<ServedTier>;
  /** The collections there are, with what each allows now. */
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
  readonly decide: Decide;
  readonly decideScope: DecideScope;
  readonly moderator: Moderator;
  readonly envelope: Pick<Envelope, "protect" | "write" | "isReviewed" | "seal">;
  /** What earlier suggestions drew on. */
  readonly turns: TurnMemory;
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
