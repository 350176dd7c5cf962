import { reportedUsage } from "../wire/reported-usage.ts";
import { AppError } from "../../contract/errors.ts";
import type { Usage } from "../../contract/suggest.ts";
import type { Finish, StreamPart } from "../provider.ts";
import type { ServerSentEvent } from "../wire/server-sent-events.ts";
import { errorIn, faultOf } from "./fault.ts";

interface Chunk {
  readonly candidates?: readonly {
    readonly content?: { readonly parts?: readonly Part[] };
    readonly finishReason?: string;
  }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: UsageMetadata;
}
interface Part {
  readonly text?: string;
  readonly thought?: boolean;
}
interface UsageMetadata {
  readonly promptTokenCount?: number;
  readonly toolUsePromptTokenCount?: number;
  readonly cachedContentTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
  readonly totalTokenCount?: number;
}

const finishes: ReadonlyMap<string, Finish["reason"]> = new Map([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "moderated"],
  ["RECITATION", "moderated"],
  ["BLOCKLIST", "moderated"],
  ["PROHIBITED_CONTENT", "moderated"],
  ["SPII", "moderated"],
  ["MODEL_ARMOR", "moderated"],
]);

/**
 * The parts of a streamed generateContent reply. Throws provider-moderated for a refused prompt and for
 * an answer refused before its first word (after its usage, which may be billed), the error that stands
 * in the stream, and provider-interrupted for an end without a finish reason or with one that is no end.
 */
export async function* readStream(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<StreamPart> {
  let usage: Usage | null = null;
  let finish: string | null = null;
  let hasText = false;
  for await (const chunk of chunksOf(events)) {
    usage = readUsage(chunk.usageMetadata) ?? usage;
    const blocked = chunk.promptFeedback?.blockReason;
    if (blocked !== undefined && blocked !== "BLOCK_REASON_UNSPECIFIED") {
      if (usage !== null) yield { type: "usage", usage };
      throw new AppError("provider-moderated", { facts: { side: "input", reason: blocked } });
    }
    const candidate = chunk.candidates?.[0];
    for (const { text = "", thought = false } of candidate?.content?.parts ?? []) {
      if (text === "") continue;
      if (!thought) hasText = true;
      yield { type: thought ? "reasoning-delta" : "text-delta", text };
    }
    finish = candidate?.finishReason ?? finish;
  }
  if (finish === null) throw new AppError("provider-interrupted");
  if (usage !== null) yield { type: "usage", usage };
  const reason = finishes.get(finish) ?? (finish.startsWith("IMAGE_") ? "moderated" : null);
  if (reason === null) throw new AppError("provider-interrupted", { facts: { finish } });
  if (reason === "moderated" && !hasText)
    throw new AppError("provider-moderated", { facts: { side: "output", reason: finish } });
  yield { type: "finish", finish: { reason, raw: finish } };
}

/** Each event is one reply piece; a body without `alt=sse`, and an error in mid-stream, is bare JSON. */
async function* chunksOf(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<Chunk> {
  for await (const event of events) {
    if (event.data.trim() === "[DONE]") continue;
    let value: unknown;
    try {
      value = JSON.parse(event.data);
    } catch (cause) {
      throw new AppError("provider-server", { cause, facts: { reason: "unreadable-event" } });
    }
    for (const element of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const error = errorIn(element);
      if (error !== null || event.event === "error") throw faultOf(error ?? {}, null);
      if (typeof element === "object" && element !== null) yield element;
    }
  }
}

/** Thoughts are billed as output and counted apart from it; the prompt's count includes what was cached. */
function readUsage(usage: UsageMetadata | undefined): Usage | null {
  if (usage?.promptTokenCount === undefined) return null;
  const inputTokens = usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0);
  const reasoningTokens = usage.thoughtsTokenCount ?? 0;
  const written =
    usage.candidatesTokenCount ?? Math.max(0, (usage.totalTokenCount ?? 0) - inputTokens - reasoningTokens);
  return reportedUsage({
    inputTokens,
    outputTokens: written + reasoningTokens,
    reasoningTokens,
    cachedInputTokens: usage.cachedContentTokenCount ?? 0,
    estimated: false,
  });
}
