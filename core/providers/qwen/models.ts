import type { ModelInfo } from "../provider.ts";

/** How a model treats `enable_thinking`. */
export type ThinkingGroup =
  /** Thinks unless told not to. */
  | "on"
  /** Thinks when told to. */
  | "off"
  /** Thinks always, and refuses to be told. */
  | "always"
  /** Never thinks; the field is an error. */
  | "never"
  /** A name we do not know, such as a deployed fine-tuned model's. */
  | "unknown";

export interface QwenModel extends ModelInfo {
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
}

const large = { maxInputTokens: 983_616, maxOutputTokens: 131_072 };
const plus = { maxInputTokens: 995_904, maxOutputTokens: 32_768 };

/**
 * Offered where the server gives no list; limits as the model pages gave them in October 2026 (input with
 * thinking on, the smaller figure). A model that is not here can be named all the same.
 */
export const shippedQwenModels: readonly QwenModel[] = [
  { id: "qwen3.8-max", ...large },
  { id: "qwen3.8-max-0902", ...large },
  { id: "qwen3.8-flash", ...large },
  { id: "qwen3.7-plus", ...large },
  { id: "qwen-plus", ...plus },
  { id: "qwen-flash", ...plus },
];

const groups: readonly (readonly [RegExp, ThinkingGroup])[] = [
  [/^(qwen3\.8-2\.4t-a95b|qwen3\.7-max-preview|qwq|qvq)/, "always"],
  [/-thinking(-|$)/, "always"],
  [/-instruct(-|$)/, "never"],
  [/^qwen(3\.[5-9]|[4-9])/, "on"],
  [/^qwen3-\d/, "on"],
  [/^(qwen3-max|qwen-plus|qwen-flash|qwen-turbo)/, "off"],
  [/^(qwen-max|qwen-long|qwen2|qwen1)/, "never"],
];

/** By the model's name: snapshots and sizes behave as their family does. */
export function thinkingGroupOf(model: string): ThinkingGroup {
  return groups.find(([pattern]) => pattern.test(model))?.[1] ?? "unknown";
}

/** Newer families count thoughts and answer together under `max_completion_tokens`. */
export function outputLimitFieldOf(model: string): "max_tokens" | "max_completion_tokens" {
  return /^qwen(3\.[5-9]|[4-9])/.test(model) ? "max_completion_tokens" : "max_tokens";
}

const snapshot = /^-(\d|latest$|us$|prime$)/;

/** Limits of a model of the shipped list, or of the model whose dated snapshot it is. */
export function limitsOf(model: string): QwenModel | undefined {
  return shippedQwenModels
    .filter(({ id }) => model === id || (model.startsWith(id) && snapshot.test(model.slice(id.length))))
    .toSorted((one, other) => other.id.length - one.id.length)[0];
}
