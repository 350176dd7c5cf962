import type { BoundedCall, OutputBound, ProviderCall } from "../provider.ts";
import type { VendorTraits } from "./vendor-traits.ts";

/** Tokens of thought a call may take where the person set no budget. */
const usualThoughts = 8192;
/** Tokens of thought that a server may bill which could not be told a limit: the most that any family thinks. */
const unlimitedThoughts = 81_920;

/** The JSON that goes out for a call; what it holds is what the review shows. */
export function requestBody(call: ProviderCall, traits: VendorTraits, maxOutputTokens: number): string {
  const bound = outputBoundOf(call, traits, maxOutputTokens);
  return JSON.stringify({
    model: call.model,
    messages: call.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(traits.asksForUsage && { stream_options: { include_usage: true } }),
    temperature: call.temperature,
    [traits.outputLimitField]: bound.limit,
    ...thinkingSwitch(call, traits),
    ...(traits.thinkingBudgetField !== undefined &&
      bound.thoughts !== null && { [traits.thinkingBudgetField]: bound.thoughts }),
  });
}

/** The limits that go out with a call, and the most that can be billed under them. */
export function outputBoundOf(
  { maxOutputTokens: wanted, thinking }: BoundedCall,
  traits: VendorTraits,
  maxOutputTokens: number,
): OutputBound {
  const mayThink = mayThinkWith(thinking.enabled, traits);
  const isTold = mayThink && thinking.enabled;
  const room = isTold ? (thinking.budget ?? usualThoughts) : 0;
  const limit = Math.min(maxOutputTokens, wanted + (traits.countsThoughtsInLimit ? room : 0));
  const thoughts = traits.thinkingBudgetField !== undefined && isTold ? room : null;
  const beside = mayThink ? (thoughts ?? unlimitedThoughts) : 0;
  return { limit, thoughts, mayThink, most: limit + (traits.countsThoughtsInLimit ? 0 : beside) };
}

/** Whether the model may write thoughts; false only where its name or the request itself rules them out. */
function mayThinkWith(
  isEnabled: boolean,
  { thinkingSwitch: how, thinkingGroup: group }: VendorTraits,
): boolean {
  if (how !== "enable_thinking") return isEnabled || how === "none";
  if (group === "never") return false;
  return isEnabled || group === "always" || group === "unknown";
}

function thinkingSwitch({ thinking }: ProviderCall, traits: VendorTraits): Record<string, unknown> {
  switch (traits.thinkingSwitch) {
    case "enable_thinking": {
      const group = traits.thinkingGroup;
      // What a model does anyway is not said: some refuse to be told.
      if (group === "never" || group === "always") return {};
      if (thinking.enabled) return { enable_thinking: true };
      return group === "on" ? { enable_thinking: false } : {};
    }
    case "chat_template_kwargs":
      return { chat_template_kwargs: { enable_thinking: thinking.enabled } };
    case "reasoning_effort":
      return thinking.enabled ? {} : { reasoning_effort: "none" };
    case "none":
      return {};
  }
}
