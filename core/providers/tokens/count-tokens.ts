import type { Vendor } from "../../contract/providers.ts";
import type { CountTokens } from "./byte-pairs.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { hasQwenTokens, loadQwenTokens } from "./qwen-tokens.ts";

/** How tokens are counted before a call is sent. */
export interface TokenCounting {
  readonly count: CountTokens;
  /** True when `count` is the model's own tokenizer; else it is an estimate, and is shown as one. */
  readonly isExact: boolean;
}

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
 * The counting for a model: its own tokenizer where it is a Qwen whose tokenizer is installed, the nearest
 * Qwen tokenizer (not exact) for the newer families, an estimate by script for every other model.
 */
export async function tokenCountingFor(vendor: Vendor, model: string): Promise<TokenCounting> {
  const isQwen = /qw(en|q)/i.test(model) || (vendorsOfQwen.has(vendor) && model === "");
  if (!isQwen && vendor !== "qwen") return { count: estimateTokens, isExact: false };
  return { count: await loadQwenTokens(), isExact: hasQwenTokens(model) };
}

/** Tokens of a whole prompt: its messages, and what the chat template puts around each. */
export function countPrompt(messages: readonly { readonly content: string }[], count: CountTokens): number {
  return messages.reduce((sum, { content }) => sum + count(content) + aroundMessage, beforeAnswer);
}

/** `<|im_start|>`, role, line end, `<|im_end|>`, line end; and the opening of the answer. */
const aroundMessage = 5;
const beforeAnswer = 3;
