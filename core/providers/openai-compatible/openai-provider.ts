import { AppError } from "../../contract/errors.ts";
import type { Reach } from "../../contract/tiers.ts";
import type { ModelInfo, Provider, ProviderCall, StreamPart } from "../provider.ts";
import { retryAfterOf, usualRetries, withRetries, type RetryClock, type RetryPolicy } from "../wire/retry.ts";
import { readEvents } from "../wire/server-sent-events.ts";
import { readText, type WireFetch, type WireReply } from "../wire/wire-fetch.ts";
import { besideVersion } from "./base-address.ts";
import { readFault, toAppError } from "./fault.ts";
import { readStream } from "./read-stream.ts";
import { requestBody } from "./request-body.ts";
import type { VendorTraits } from "./vendor-traits.ts";

export interface OpenAiOptions {
  readonly id: string;
  readonly traits: VendorTraits;
  /** As `baseAddress` gives it. */
  readonly base: string;
  /** Authorisation and extra headers; never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  readonly reach: Reach;
  readonly maxInputTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** For a server without a list, or whose list is not to be asked. */
  readonly shippedModels?: readonly ModelInfo[] | undefined;
  readonly skipModelListing?: boolean | undefined;
  readonly fetch: WireFetch;
  readonly clock: RetryClock;
  readonly retries?: RetryPolicy;
  readonly now: () => number;
  /** Counts tokens where the server does not. */
  readonly countTokens: (text: string) => number;
}

/** A prompt of which the server counted less than this share of ours was cut. */
const silentCut = 0.7;

/** A server that speaks OpenAI's chat completions, with its vendor's traits. */
export function makeOpenAiProvider(options: OpenAiOptions): Provider {
  const { traits, base, fetch } = options;
  const headers = { ...options.headers, accept: "application/json" };

  const get = (address: string, signal: AbortSignal) => fetch(address, { method: "GET", headers }, signal);

  async function failure(reply: WireReply): Promise<AppError> {
    const fault = readFault(reply.status, await readText(reply.body));
    return toAppError(fault, retryAfterOf(reply.headers, options.now()), traits.classify);
  }

  async function* attempt(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const reply = await fetch(
      `${base}/chat/completions`,
      {
        method: "POST",
        headers: { ...options.headers, accept: "text/event-stream", "content-type": "application/json" },
        body: requestBody(call, traits),
      },
      signal,
    );
    if (reply.status !== 200) throw await failure(reply);
    yield* readStream(readEvents(reply.body), traits.classify);
  }

  async function* stream(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    let written = "";
    let hasUsage = false;
    const ours = () => call.messages.reduce((sum, message) => sum + options.countTokens(message.content), 0);
    for await (const part of withRetries(
      () => attempt(call, signal),
      options.retries ?? usualRetries,
      options.clock,
      signal,
    )) {
      if (part.type === "text-delta" || part.type === "reasoning-delta") written += part.text;
      if (part.type === "usage") {
        hasUsage = true;
        if (traits.cutsSilently && part.usage.inputTokens < ours() * silentCut)
          yield { type: "notice", notice: "server-shortened-prompt" };
      }
      if (part.type === "finish" && !hasUsage)
        yield {
          type: "usage",
          usage: {
            inputTokens: ours(),
            outputTokens: options.countTokens(written),
            reasoningTokens: 0,
            cachedInputTokens: 0,
            estimated: true,
          },
        };
      yield part;
    }
  }

  async function listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    if (traits.modelsPath === null || options.skipModelListing) return options.shippedModels ?? [];
    const reply = await get(base + traits.modelsPath, signal);
    if (reply.status === 404 && options.shippedModels) return options.shippedModels;
    if (reply.status !== 200) throw await failure(reply);
    return readModels(await readText(reply.body));
  }

  return {
    id: options.id,
    capabilities: {
      engine: "model",
      reach: options.reach,
      thinking: traits.thinkingSwitch !== "none",
      usage: true,
      listsModels:
        (traits.modelsPath !== null && !options.skipModelListing) || options.shippedModels !== undefined,
      maxInputTokens: options.maxInputTokens ?? traits.maxInputTokens,
      maxOutputTokens: options.maxOutputTokens ?? traits.maxOutputTokens,
    },
    stream,
    listModels,
    async checkHealth(signal) {
      if (traits.healthPath !== null) {
        const reply = await get(besideVersion(base, traits.healthPath), signal);
        if (reply.status !== 200 && reply.status !== 404) throw await failure(reply);
        await readText(reply.body);
      }
      if (traits.modelsPath !== null && !options.skipModelListing) {
        const reply = await get(base + traits.modelsPath, signal);
        if (reply.status === 200) {
          await readText(reply.body);
          return;
        }
        if (reply.status !== 404) throw await failure(reply);
      }
      await tryOneToken(stream, options.model, signal);
    },
  };
}

/** The probe that works everywhere: one token, billed as one. */
async function tryOneToken(stream: Provider["stream"], model: string, signal: AbortSignal): Promise<void> {
  const call: ProviderCall = {
    requestId: "health",
    model,
    messages: [{ role: "user", content: "Hi" }],
    sources: [],
    question: "Hi",
    maxOutputTokens: 1,
    temperature: 0,
    thinking: { enabled: false },
  };
  for await (const part of stream(call, signal)) if (part.type === "finish") return;
}

function readModels(body: string): ModelInfo[] {
  let parsed: { data?: readonly { id?: unknown; max_model_len?: unknown }[] };
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch (cause) {
    throw new AppError("provider-server", { cause, facts: { reason: "unreadable-models" } });
  }
  return (parsed.data ?? []).flatMap((row) =>
    typeof row.id === "string"
      ? [{ id: row.id, ...(typeof row.max_model_len === "number" && { maxInputTokens: row.max_model_len }) }]
      : [],
  );
}
