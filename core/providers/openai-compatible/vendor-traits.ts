import type { Vendor } from "../../contract/providers.ts";
import type { Classify } from "./fault.ts";

/** How one kind of server differs from the protocol as OpenAI wrote it down: data, not code. */
export interface VendorTraits {
  readonly vendor: Vendor;
  /** Sends `stream_options.include_usage`. */
  readonly asksForUsage: boolean;
  /** Sends usage when asked; where it does not, tokens are estimated. */
  readonly reportsUsage: boolean;
  /** Field that limits the answer. */
  readonly outputLimitField: "max_tokens" | "max_completion_tokens";
  /** How thinking is switched: a top-level field, a field for the chat template, an effort, or not at all. */
  readonly thinkingSwitch: "enable_thinking" | "chat_template_kwargs" | "reasoning_effort" | "none";
  /** Where models are listed below the base address; null: the server has no list. */
  readonly modelsPath: string | null;
  /** Answers 200 when it can serve, beside the base address's origin and prefix; null: none known. */
  readonly healthPath: string | null;
  /** Cuts a prompt that is too long without a word: the count it reports is compared with ours. */
  readonly cutsSilently: boolean;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly classify: Classify;
}

/** A server that says no more than its status. */
export const byStatusAlone: Classify = () => null;
