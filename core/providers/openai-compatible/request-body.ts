import type { ProviderCall } from "../provider.ts";
import type { VendorTraits } from "./vendor-traits.ts";

/** The JSON that goes out for a call; what it holds is what the review shows. */
export function requestBody(call: ProviderCall, traits: VendorTraits): string {
  return JSON.stringify({
    model: call.model,
    messages: call.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(traits.asksForUsage && { stream_options: { include_usage: true } }),
    temperature: call.temperature,
    [traits.outputLimitField]: call.maxOutputTokens,
    ...thinkingFields(call, traits),
  });
}

function thinkingFields({ thinking }: ProviderCall, traits: VendorTraits): Record<string, unknown> {
  switch (traits.thinkingSwitch) {
    case "enable_thinking":
      return {
        enable_thinking: thinking.enabled,
        ...(thinking.enabled && thinking.budget !== undefined && { thinking_budget: thinking.budget }),
      };
    case "chat_template_kwargs":
      return { chat_template_kwargs: { enable_thinking: thinking.enabled } };
    case "reasoning_effort":
      return thinking.enabled ? {} : { reasoning_effort: "none" };
    case "none":
      return {};
  }
}
