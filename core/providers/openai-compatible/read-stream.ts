import { reportedUsage } from "../wire/reported-usage.ts";
import { AppError } from "../../contract/errors.ts";
import type { Usage } from "../../contract/suggest.ts";
import type { Finish, StreamPart } from "../provider.ts";
import type { ServerSentEvent } from "../wire/server-sent-events.ts";
import { faultOf, isFault, readFault, toAppError, type Classify } from "./fault.ts";
import { makeThinkSplitter, type Piece } from "./think-tags.ts";

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning_content?: string | null;
      readonly reasoning?: string | null;
    } | null;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: WireUsage | null;
}

interface WireUsage {
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  readonly reasoning_tokens?: number;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null;
}

const finishes: ReadonlyMap<string, Finish["reason"]> = new Map([
  ["stop", "stop"],
  ["tool_calls", "stop"],
  ["function_call", "stop"],
  ["eos", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["content_filter", "moderated"],
]);

export interface ReadOptions {
  readonly classify: Classify;
  /** The prompt may have opened the thoughts itself: see `makeThinkSplitter`. */
  readonly opensUnseen?: boolean | undefined;
}

/**
 * The parts of a streamed chat completion. Throws for each of the four ways an error comes inside a 200
 * stream, and provider-interrupted when it ends with neither a finish reason nor `[DONE]`. `finish` is
 * given at `[DONE]`; what is left of the body is read to its end after it, so that it counts as completed.
 */
export async function* readStream(
  events: AsyncIterable<ServerSentEvent>,
  { classify, opensUnseen = false }: ReadOptions,
): AsyncGenerator<StreamPart> {
  const splitter = makeThinkSplitter(opensUnseen);
  let hasThoughtField = false;
  let usage: Usage | null = null;
  let finish: Finish | null = null;
  let isDone = false;
  let hasEvents = false;

  function* ending(): Generator<StreamPart> {
    yield* splitter.end().map(toPart);
    // Some servers end so when the prompt is longer than their window: the sentence can say it.
    if (finish === null && !isDone)
      throw new AppError("provider-interrupted", hasEvents ? {} : { facts: { reason: "empty-answer" } });
    if (usage !== null) yield { type: "usage", usage };
    yield { type: "finish", finish: finish ?? { reason: "stop", raw: "[DONE]" } };
  }

  for await (const event of untilCut(events, () => finish !== null && !isDone)) {
    if (isDone) continue;
    hasEvents = true;
    if (event.data.trim() === "[DONE]") {
      isDone = true;
      yield* ending();
      continue;
    }
    const chunk = parseChunk(event, classify);
    usage = readUsage(chunk.usage) ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const delta = choice.delta ?? {};
    if (choice.finish_reason === "error_finish" || choice.finish_reason === "abort")
      throw nativeError(delta.content ?? "", choice.finish_reason, classify);
    const thought = delta.reasoning_content ?? delta.reasoning ?? "";
    if (thought !== "") {
      // Text that was held for the sake of tags cannot have been thoughts.
      if (!hasThoughtField) yield* splitter.end().map(toPart);
      hasThoughtField = true;
      yield { type: "reasoning-delta", text: thought };
    }
    const content = delta.content ?? "";
    if (content !== "")
      yield* (hasThoughtField ? [{ kind: "text", text: content } as const] : splitter.push(content)).map(
        toPart,
      );
    if (typeof choice.finish_reason === "string" && choice.finish_reason !== "null")
      finish = { reason: finishes.get(choice.finish_reason) ?? "stop", raw: choice.finish_reason };
  }
  if (!isDone) yield* ending();
}

/** The events; a connection that breaks after the answer's end was told breaks nothing. */
async function* untilCut(
  events: AsyncIterable<ServerSentEvent>,
  isWhole: () => boolean,
): AsyncGenerator<ServerSentEvent> {
  try {
    yield* events;
  } catch (error) {
    const isCut = error instanceof AppError && error.code === "provider-network";
    if (!isCut || !isWhole()) throw error;
  }
}

const toPart = (piece: Piece): StreamPart => ({
  type: piece.kind === "text" ? "text-delta" : "reasoning-delta",
  text: piece.text,
});

function parseChunk(event: ServerSentEvent, classify: Classify): Chunk {
  let value: unknown;
  try {
    value = JSON.parse(event.data);
  } catch {
    // Without its cause, whose message would hold what was being written.
    throw new AppError("provider-server", { facts: { reason: "unreadable-event" } });
  }
  if (event.event === "error" || event.event === "unframed" || isFault(value))
    throw toAppError(faultOf(null, value), undefined, classify);
  return value as Chunk;
}

/** An error that a gateway wrote into the answer as its own event text: `:HTTP_STATUS/429` and a `data:` line. */
function nativeError(content: string, raw: string, classify: Classify): AppError {
  const status = Number(/HTTP_STATUS\/(\d{3})/.exec(content)?.[1] ?? Number.NaN);
  const data = /^data:\s*(\{.*\})\s*$/m.exec(content)?.[1] ?? "";
  if (Number.isNaN(status) && data === "")
    return new AppError("provider-interrupted", { facts: { finish: raw } });
  return toAppError(readFault(Number.isNaN(status) ? null : status, data), undefined, classify);
}

function readUsage(usage: WireUsage | null | undefined): Usage | null {
  if (usage?.prompt_tokens === undefined) return null;
  return reportedUsage({
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? usage.reasoning_tokens ?? 0,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    estimated: false,
  });
}
