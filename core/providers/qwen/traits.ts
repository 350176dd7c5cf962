import type { VendorTraits } from "../openai-compatible/vendor-traits.ts";
import { classifyQwenFault } from "./classify-fault.ts";
import { limitsOf, outputLimitFieldOf, thinkingGroupOf } from "./models.ts";

/** How hosted Qwen differs from the protocol, for one model. */
export function qwenTraits(model: string): VendorTraits {
  const limits = limitsOf(model);
  return {
    vendor: "qwen",
    asksForUsage: true,
    outputLimitField: outputLimitFieldOf(model),
    thinkingSwitch: "enable_thinking",
    thinkingGroup: thinkingGroupOf(model),
    thinkingBudgetField: "thinking_budget",
    countsThoughtsInLimit: outputLimitFieldOf(model) === "max_completion_tokens",
    modelsPath: "/models",
    healthPath: null,
    // The list answers for an account that owes money; only a call tells.
    probesWithToken: true,
    cutsSilently: false,
    maxInputTokens: limits?.maxInputTokens ?? 120_000,
    maxOutputTokens: limits?.maxOutputTokens ?? 8192,
    classify: classifyQwenFault,
  };
}
