import type { ProviderCall } from "../provider.ts";
import type { VendorTraits } from "./vendor-traits.ts";

/** Tokens of thought a call may take where the person set no budget and the server counts them with the answer. */
const usualThoughts = 8192;

/** The JSON that goes out for a call; what it holds is what the review shows. */
export function requestBody(call: ProviderCall, traits: VendorTraits, maxOutputTokens: number): string {
  return JSON.stringify({
    model: call.model,
    messages: call.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(traits.asksForUsage && { stream_options: { include_usage: true } }),
    temperature: call.temperature,
    [traits.outputLimitField]: Math.min(
      maxOutputTokens,
      call.maxOutputTokens + (traits.countsThoughtsInLimit ? roomForThoughts(call) : 0),
    ),
    ...thinkingFields(call, traits),
  });
}

const roomForThoughts = ({ thinking }: ProviderCall): number =>
  thinking.enabled ? (thinking.budget ?? usualThoughts) : 0;

function thinkingFields({ thinking }: ProviderCall, traits: VendorTraits): Record<string, unknown> {
  const { thinkingGroup: group, thinkingBudgetField: field } = traits;
  const budget =
    field !== undefined && thinking.enabled
      ? { [field]: thinking.budget ?? (traits.countsThoughtsInLimit ? usualThoughts : undefined) }
      : {};
  switch (traits.thinkingSwitch) {
    case "enable_thinking":
      if (group === "never") return {};
      // What a model does anyway is not said: some refuse to be told.
      if (group === "always") return budget;
      if (thinking.enabled) return { enable_thinking: true, ...budget };
      return group === "on" ? { enable_thinking: false } : {};
    case "chat_template_kwargs":
      return { chat_template_kwargs: { enable_thinking: thinking.enabled }, ...budget };
    case "reasoning_effort":
      return thinking.enabled ? {} : { reasoning_effort: "none" };
    case "none":
      return {};
  }
}
