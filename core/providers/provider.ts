import type { Cost, Intent, Source, SuggestNotice, SuggestRequest, Usage } from "../contract/suggest.ts";
import type { Reach } from "../contract/tiers.ts";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** One call to a provider; what is in `messages` is exactly what the model sees. */
export interface ProviderCall {
  readonly requestId: string;
  readonly model: string;
  readonly messages: readonly Message[];
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly thinking: { readonly enabled: boolean; readonly budget?: number };
}

/** Why a stream ended well; `raw` is the provider's own word. */
export interface Finish {
  readonly reason: "stop" | "length" | "moderated";
  readonly raw: string;
}

/**
 * Parts of one reply. `usage` comes once at most, after the last delta; `finish` is last and always
 * there when the stream ended well. Failures are thrown as AppErrors with a provider-… code.
 */
export type StreamPart =
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "reasoning-delta"; readonly text: string }
  /** Something the person should know about how the server served the call. */
  | { readonly type: "notice"; readonly notice: SuggestNotice }
  /** `cost` where the call was booked; null: at no known price. */
  | { readonly type: "usage"; readonly usage: Usage; readonly cost?: Cost | null }
  | { readonly type: "finish"; readonly finish: Finish };

/** What the body of one call lets the other side write, in tokens: sent to the server, and reserved in the budget. */
export interface OutputBound {
  /** Value of the field that limits the answer. */
  readonly limit: number;
  /** Value of the field that limits thoughts; null: none is sent. */
  readonly thoughts: number | null;
  /** The most that can be billed as output, thoughts included. */
  readonly most: number;
  /** False: the model writes no thoughts, so that none are paid for. */
  readonly mayThink: boolean;
}

/** What a provider can do, as data; also chooses which contract tests run. */
export interface Capabilities {
  readonly reach: Reach;
  readonly thinking: boolean;
  /** Reports usage itself; otherwise it is estimated. */
  readonly usage: boolean;
  readonly listsModels: boolean;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
}

export interface ModelInfo {
  readonly id: string;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
}

/** One way to have a reply written. Leaving the iteration early or aborting hangs up at once. */
export interface Provider {
  readonly id: string;
  readonly capabilities: Capabilities;
  stream(call: ProviderCall, signal: AbortSignal): AsyncIterable<StreamPart>;
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** Resolves when a call would be served; else throws the AppError that says why not. */
  checkHealth(signal: AbortSignal): Promise<void>;
}

/** What is to be composed of passages, without a model. It never leaves this device. */
export interface QuoteTask {
  readonly sources: readonly Source[];
  /** The person's own words. */
  readonly question: string;
  readonly intent: Intent;
  readonly length: SuggestRequest["length"];
  readonly pasted: string;
}

/** The engine that quotes: its door is the only one that passages themselves go through. */
export interface QuotingEngine {
  readonly id: string;
  readonly model: string;
  quote(task: QuoteTask, signal: AbortSignal): AsyncIterable<StreamPart>;
}

/** A provider beyond this process, whose calls may cost money. */
export interface RemoteProvider extends Provider {
  outputBound(call: BoundedCall): OutputBound;
}

/** What of a call decides how much may be written. */
export type BoundedCall = Pick<ProviderCall, "model" | "maxOutputTokens" | "thinking">;
