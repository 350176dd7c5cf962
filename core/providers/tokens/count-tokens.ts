import type { Vendor } from "../../contract/providers.ts";
import { estimateTokens } from "./estimate-tokens.ts";

/** Counts the tokens of a text; where that takes long, on another thread. */
export type CountTokens = (text: string) => number | Promise<number>;

/** Counts texts as the tokenizer of Qwen3 does. Rejects with model-missing where its file is not installed. */
export type CountQwenTokens = (texts: readonly string[]) => Promise<readonly number[]>;

/** How tokens are counted before a call is sent. */
export interface TokenCounting {
  readonly count: CountTokens;
  /** True when `count` is the model's own tokenizer; else it is an estimate, and is shown as one. */
  readonly isExact: boolean;
}

/** By an estimate that is high. */
export const estimating: TokenCounting = { count: estimateTokens, isExact: false };

const vendorsOfQwen: ReadonlySet<Vendor> = new Set([
  "qwen",
  "vllm",
  "sglang",
  "llama-cpp",
  "ollama",
  "lm-studio",
  "pai-eas",
]);

/**
 * The counting for a model: `countQwen` where it is a Qwen whose tokenizer that is; the same, as the nearest one (not
 * exact), for the newer families; an estimate by language for every other model.
 */
export function tokenCountingFor(vendor: Vendor, model: string, countQwen: CountTokens): TokenCounting {
  const isQwen = /qw(en|q)/i.test(model) || (vendorsOfQwen.has(vendor) && model === "");
  if (!isQwen && vendor !== "qwen") return estimating;
  return { count: countQwen, isExact: hasQwenTokens(model) };
}

/** Tokens of a whole prompt: its messages, and what the chat template puts around each. */
export async function countPrompt(
  messages: readonly { readonly content: string }[],
  count: CountTokens,
): Promise<number> {
  return (await countMessages(messages, count)) + messages.length * aroundMessage + beforeAnswer;
}

/** Tokens of the messages themselves. */
export async function countMessages(
  messages: readonly { readonly content: string }[],
  count: CountTokens,
): Promise<number> {
  const counts = await Promise.all(messages.map(async ({ content }) => count(content)));
  return counts.reduce((sum, tokens) => sum + tokens, 0);
}

/** `<|im_start|>`, role, line end, `<|im_end|>`, line end; and the opening of the answer. */
const aroundMessage = 5;
const beforeAnswer = 3;

/**
 * Whether a model's tokens are known to be those: the families up to Qwen3. Qwen3.5 and later have a
 * larger vocabulary, whose counts are somewhat lower; what stands behind hosted names such as qwen-plus
 * changes without notice.
 */
export const hasQwenTokens = (model: string): boolean =>
  /(^|\/)(qwen(1\.5|2|2\.5|3)([-:_]|$)|qwq)/i.test(model);
