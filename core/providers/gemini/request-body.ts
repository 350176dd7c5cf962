import type { BoundedCall, Message, OutputBound, ProviderCall } from "../provider.ts";
import { thinkingFor } from "./thinking.ts";

/** Set in words, since the default of current models is not documented. */
const safetySettings = ["HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"].map(
  (name) => ({
    category: `HARM_CATEGORY_${name}`,
    threshold: "BLOCK_MEDIUM_AND_ABOVE",
  }),
);

/** The JSON that goes out for a call; what it holds is what the review shows. */
export function requestBody(call: ProviderCall, maxOutputTokens: number): string {
  const thinking = thinkingFor(call.model, call.thinking);
  const system = call.messages.filter(({ role }) => role === "system").map(({ content }) => content);
  return JSON.stringify({
    ...(system.length > 0 && { systemInstruction: { parts: [{ text: system.join("\n\n") }] } }),
    contents: turnsOf(call.messages),
    generationConfig: {
      temperature: call.temperature,
      maxOutputTokens: outputBoundOf(call, maxOutputTokens).limit,
      ...(thinking.config !== null && { thinkingConfig: thinking.config }),
    },
    safetySettings,
  });
}

/** The limit that goes out with a call: thoughts count into it, so they get room of their own. */
export function outputBoundOf(call: BoundedCall, maxOutputTokens: number): OutputBound {
  const { allowance } = thinkingFor(call.model, call.thinking);
  const limit = Math.min(maxOutputTokens, call.maxOutputTokens + allowance);
  return { limit, thoughts: null, most: limit, mayThink: allowance > 0 };
}

interface Turn {
  readonly role: "user" | "model";
  readonly parts: { readonly text: string }[];
}

/** Turns by the two roles there are; messages of one role in a row are parts of one turn. */
function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    if (role === "system") continue;
    const name = role === "assistant" ? "model" : "user";
    const last = turns.at(-1);
    if (last?.role === name) last.parts.push({ text: content });
    else turns.push({ role: name, parts: [{ text: content }] });
  }
  return turns;
}
