import { fakeTokens } from "./chat-events.ts";

/** The fields of a generateContent request that the fake looks at. */
export interface GeminiRequest {
  readonly systemInstruction?: { readonly parts: readonly { readonly text: string }[] };
  readonly contents?: readonly {
    readonly role: string;
    readonly parts: readonly { readonly text: string }[];
  }[];
  readonly generationConfig?: {
    readonly maxOutputTokens?: number;
    readonly thinkingConfig?: {
      readonly thinkingLevel?: string;
      readonly thinkingBudget?: number;
      readonly includeThoughts?: boolean;
    };
  };
}

export interface GeminiAnswer {
  readonly text: string;
  readonly thoughts: string;
  readonly finishReason: string;
}

/** `usageMetadata` as the last chunk carries it. */
export interface GeminiUsage {
  readonly promptTokenCount: number;
  readonly cachedContentTokenCount: number;
  readonly candidatesTokenCount: number;
  readonly thoughtsTokenCount: number;
  readonly totalTokenCount: number;
}

export function geminiPromptTokens(body: GeminiRequest): number {
  const parts = [
    ...(body.systemInstruction?.parts ?? []),
    ...(body.contents ?? []).flatMap((turn) => turn.parts),
  ];
  return parts.reduce((sum, part) => sum + fakeTokens(part.text) + 2, 0);
}

/** The chunks of one reply, in order, and the usage that the last of them carries. */
export function geminiChunks(
  model: string,
  body: GeminiRequest,
  answer: GeminiAnswer,
): { readonly chunks: readonly Record<string, unknown>[]; readonly usage: GeminiUsage } {
  const thinking = body.generationConfig?.thinkingConfig;
  const thinks =
    answer.thoughts !== "" && model !== "gemini-2.5-flash-lite" && thinking?.thinkingBudget !== 0;
  const room =
    (body.generationConfig?.maxOutputTokens ?? 65_536) - (thinks ? fakeTokens(answer.thoughts) : 0);
  const text = [...answer.text].slice(0, Math.max(0, room) * 4).join("");
  const promptTokenCount = geminiPromptTokens(body);
  const thoughtsTokenCount = thinks ? fakeTokens(answer.thoughts) : 0;
  const candidatesTokenCount = fakeTokens(text);
  const usage: GeminiUsage = {
    promptTokenCount,
    cachedContentTokenCount: 0,
    candidatesTokenCount,
    thoughtsTokenCount,
    totalTokenCount: promptTokenCount + candidatesTokenCount + thoughtsTokenCount,
  };
  const shell = { modelVersion: model, responseId: "fake-response" };
  const chunk = (parts: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) => ({
    candidates: [{ index: 0, content: { role: "model", parts }, ...more }],
    usageMetadata: { promptTokenCount, totalTokenCount: promptTokenCount },
    ...shell,
  });
  const shown = thinks && thinking?.includeThoughts === true ? pieces(answer.thoughts) : [];
  const finishReason = text.length < answer.text.length ? "MAX_TOKENS" : answer.finishReason;
  const chunks = [
    ...shown.map((piece) => chunk([{ text: piece, thought: true }])),
    ...pieces(text).map((piece) => chunk([{ text: piece }])),
    // The last chunk often brings no text but the signature that belongs to the thoughts.
    {
      ...chunk([{ text: "", ...(thinks && { thoughtSignature: "c2lnbmF0dXJl" }) }], { finishReason }),
      usageMetadata: usage,
    },
  ];
  return { chunks, usage };
}

/** Words with the space before them, several characters long, as deltas come. */
const pieces = (text: string): string[] => text.match(/\s*\S{1,12}/gu) ?? [];
