import type { Vendor } from "../../contract/providers.ts";
import type { Classify } from "./fault.ts";

/** How one kind of server differs from the protocol as OpenAI wrote it down: data, not code. */
export interface VendorTraits {
  readonly vendor: Vendor;
  /** Sends `stream_options.include_usage`. */
  readonly asksForUsage: boolean;
  /** Field that limits the answer. */
  readonly outputLimitField: "max_tokens" | "max_completion_tokens";
  /** How thinking is switched: a top-level field, a field for the chat template, an effort, or not at all. */
  readonly thinkingSwitch: "enable_thinking" | "chat_template_kwargs" | "reasoning_effort" | "none";
  /**
   * What the model does by itself, where `enable_thinking` depends on it: thinks unless told not to, when
   * told to, always, never; unknown: it is told only to think.
   */
  readonly thinkingGroup?: "on" | "off" | "always" | "never" | "unknown";
  /** Field that limits the thoughts; left out: the server has none. */
  readonly thinkingBudgetField?: "thinking_budget" | "thinking_token_budget";
  /** Thoughts use up the limit of the answer, so that a thinking call needs room for both. */
  readonly countsThoughtsInLimit: boolean;
  /** Without its reasoning parser the server writes thoughts into the text, ended by a lone `</think>`. */
  readonly mayOmitThinkTag?: boolean;
  /** Where models are listed below the base address; null: the server has no list. */
  readonly modelsPath: string | null;
  /** Answers 200 when it can serve, beside the base address's origin and prefix; null: none known. */
  readonly healthPath: string | null;
  /** The list does not show whether a call would be served (it needs no key, or knows no debts): one token does. */
  readonly probesWithToken?: boolean;
  /** Cuts a prompt that is too long without a word: the count it reports is compared with ours. */
  readonly cutsSilently: boolean;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly classify: Classify;
}

/** A server that says no more than its status. */
export const byStatusAlone: Classify = () => null;
