import { oneTokenCall } from "../one-token-call.ts";
import type { AppError } from "../../contract/errors.ts";
import type { ModelInfo, ProviderCall, RemoteProvider, StreamPart } from "../provider.ts";
import { countMessages, type CountTokens } from "../tokens/count-tokens.ts";
import { retryAfterOf, usualRetries, withRetries, type RetryClock, type RetryPolicy } from "../wire/retry.ts";
import { answerBoundFor, withinBound, type Admit } from "../wire/bounded-answer.ts";
import { readEvents } from "../wire/server-sent-events.ts";
import { readText, type WireFetch, type WireReply } from "../wire/wire-fetch.ts";
import { replyFault } from "./fault.ts";
import { modelPath } from "./gemini-address.ts";
import { readModelPage } from "./list-models.ts";
import { readStream } from "./read-stream.ts";
import { outputBoundOf, requestBody } from "./request-body.ts";
import { canThink } from "./thinking.ts";

export interface GeminiOptions {
  readonly id: string;
  /** As `geminiAddress` gives it. */
  readonly base: string;
  /** Authorisation (`geminiHeaders`) and extra headers; never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  readonly maxInputTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** Given instead of the list where that is not to be asked. */
  readonly shippedModels?: readonly ModelInfo[] | undefined;
  readonly skipModelListing?: boolean | undefined;
  readonly fetch: WireFetch;
  readonly clock: RetryClock;
  readonly retries?: RetryPolicy;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Counts tokens where the server does not. */
  readonly countTokens: CountTokens;
}

/** Limits of gemini-3.8-flash (2026-10). */
export const geminiLimits = { maxInputTokens: 1_048_576, maxOutputTokens: 65_536 } as const;
const mostPages = 20;

/** The key goes in a header, never in the address, where proxies would write it down. */
export const geminiHeaders = (apiKey: string): Record<string, string> => ({ "x-goog-api-key": apiKey });

/** Google Gemini over streaming generateContent, which keeps nothing of a conversation on the other side. */
export function makeGeminiProvider(options: GeminiOptions): RemoteProvider {
  const { base, fetch } = options;
  const maxOutputTokens = options.maxOutputTokens ?? geminiLimits.maxOutputTokens;

  async function failure(reply: WireReply): Promise<AppError> {
    const delay = retryAfterOf(reply.headers, options.now());
    return replyFault(reply.status, await readText(reply.body), delay);
  }

  async function* attempt(call: ProviderCall, signal: AbortSignal, admit: Admit): AsyncGenerator<StreamPart> {
    const reply = await fetch(
      `${base}${modelPath(call.model, "streamGenerateContent")}?alt=sse`,
      {
        method: "POST",
        headers: { ...options.headers, accept: "text/event-stream", "content-type": "application/json" },
        body: requestBody(call, maxOutputTokens),
      },
      signal,
    );
    if (reply.status !== 200) throw await failure(reply);
    yield* readStream(readEvents(admit(reply.body)));
  }

  async function* stream(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    let written = "";
    let hasUsage = false;
    const bound = answerBoundFor(outputBoundOf(call, maxOutputTokens));
    const tries = withinBound(bound, signal, (stop, admit) =>
      withRetries(() => attempt(call, stop, admit), options.retries ?? usualRetries, options.clock, stop),
    );
    for await (const part of tries) {
      if (part.type === "text-delta" || part.type === "reasoning-delta") written += part.text;
      if (part.type === "usage") hasUsage = true;
      if (part.type === "finish" && !hasUsage) yield await estimate(call, written);
      yield part;
    }
  }

  const estimate = async (call: ProviderCall, written: string): Promise<StreamPart> => ({
    type: "usage",
    usage: {
      inputTokens: await countMessages(call.messages, options.countTokens),
      outputTokens: await options.countTokens(written),
      reasoningTokens: 0,
      cachedInputTokens: 0,
      estimated: true,
    },
  });

  async function page(mark: string | null, signal: AbortSignal) {
    const query = new URLSearchParams({ pageSize: "100", ...(mark !== null && { pageToken: mark }) });
    const headers = { ...options.headers, accept: "application/json" };
    const reply = await fetch(`${base}/models?${query.toString()}`, { method: "GET", headers }, signal);
    if (reply.status !== 200) throw await failure(reply);
    return readModelPage(await readText(reply.body, 8_000_000));
  }

  return {
    id: options.id,
    capabilities: {
      reach: "cloud",
      thinking: canThink(options.model),
      usage: true,
      listsModels: !options.skipModelListing || options.shippedModels !== undefined,
      maxInputTokens: options.maxInputTokens ?? geminiLimits.maxInputTokens,
      maxOutputTokens,
    },
    stream,
    outputBound: (call) => outputBoundOf(call, maxOutputTokens),
    async listModels(signal) {
      if (options.skipModelListing) return options.shippedModels ?? [];
      const models: ModelInfo[] = [];
      let mark: string | null = null;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const read = await page(mark, signal);
        for (const model of read.models) models.push(model);
        mark = read.next;
        if (mark === null) break;
      }
      return models;
    },
    /** The first page of the list proves address, key and country; a skipped list is proved by one token. */
    async checkHealth(signal) {
      if (!options.skipModelListing) {
        await page(null, signal);
        return;
      }
      for await (const part of stream(oneTokenCall(options.model), signal))
        if (part.type === "finish") return;
    },
  };
}
