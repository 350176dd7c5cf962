import { AppError } from "../../contract/errors.ts";
import type { Reach } from "../../contract/tiers.ts";
import type { Usage } from "../../contract/suggest.ts";
import type { ModelInfo, ProviderCall, RemoteProvider, StreamPart } from "../provider.ts";
import { oneTokenCall } from "../one-token-call.ts";
import { countMessages, type CountTokens } from "../tokens/count-tokens.ts";
import { retryAfterOf, usualRetries, withRetries, type RetryClock, type RetryPolicy } from "../wire/retry.ts";
import { answerBoundFor, withinBound, type Admit } from "../wire/bounded-answer.ts";
import { readEvents } from "../wire/server-sent-events.ts";
import { readText, type WireFetch, type WireReply } from "../wire/wire-fetch.ts";
import { besideVersion } from "./base-address.ts";
import { readFault, toAppError } from "./fault.ts";
import { readStream } from "./read-stream.ts";
import { outputBoundOf, requestBody } from "./request-body.ts";
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
  readonly retries?: RetryPolicy | undefined;
  readonly now: () => number;
  /** Counts tokens where the server does not. */
  readonly countTokens: CountTokens;
  /** Milliseconds that a server may keep the connection open after the end of its answer. */
  readonly lingerFor?: number | undefined;
}

/** A prompt of which the server counted less than this share of ours was cut; short ones never are. */
const silentCut = 0.7;
const shortPrompt = 1500;
const usualLinger = 1500;

/** A server that speaks OpenAI's chat completions, with its vendor's traits. */
export function makeOpenAiProvider(options: OpenAiOptions): RemoteProvider {
  const { traits, base, fetch } = options;
  const headers = { ...options.headers, accept: "application/json" };
  const maxOutputTokens = options.maxOutputTokens ?? traits.maxOutputTokens;

  const get = (address: string, signal: AbortSignal) => fetch(address, { method: "GET", headers }, signal);

  async function failure(reply: WireReply): Promise<AppError> {
    const fault = readFault(reply.status, await readText(reply.body));
    return toAppError(fault, retryAfterOf(reply.headers, options.now()), traits.classify);
  }

  async function* attempt(call: ProviderCall, signal: AbortSignal, admit: Admit): AsyncGenerator<StreamPart> {
    const lingering = new AbortController();
    const reply = await fetch(
      `${base}/chat/completions`,
      {
        method: "POST",
        headers: { ...options.headers, accept: "text/event-stream", "content-type": "application/json" },
        body: requestBody(call, traits, maxOutputTokens),
      },
      AbortSignal.any([signal, lingering.signal]),
    );
    if (reply.status !== 200) throw await failure(reply);
    const read = { classify: traits.classify, opensUnseen: traits.mayOmitThinkTag && call.thinking.enabled };
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      for await (const part of readStream(readEvents(admit(reply.body)), read)) {
        if (part.type === "finish")
          timer = setTimeout(() => lingering.abort(), options.lingerFor ?? usualLinger);
        yield part;
      }
    } catch (error) {
      // The answer is whole; how the connection ends after it is of no matter.
      if (timer === undefined || signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async function* stream(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    let written = "";
    let thought = "";
    let hasUsage = false;
    const ours = () => countMessages(call.messages, options.countTokens);
    const bound = answerBoundFor(outputBoundOf(call, traits, maxOutputTokens));
    const tries = withinBound(bound, signal, (stop, admit) =>
      withRetries(() => attempt(call, stop, admit), options.retries ?? usualRetries, options.clock, stop),
    );
    try {
      for await (const part of tries) {
        if (part.type === "text-delta") written += part.text;
        if (part.type === "reasoning-delta") thought += part.text;
        if (part.type === "usage") {
          hasUsage = true;
          if (traits.cutsSilently && wasCut(part.usage.inputTokens, await ours()))
            yield { type: "notice", notice: "server-shortened-prompt" };
        }
        if (part.type === "finish" && !hasUsage)
          yield { type: "usage", usage: await estimate(await ours(), written, thought, options.countTokens) };
        yield part;
      }
    } catch (error) {
      const isCutOff = error instanceof AppError && error.code === "provider-network";
      if (!isCutOff || written + thought === "") throw error;
      throw new AppError("provider-interrupted", { cause: error, facts: error.facts });
    }
  }

  const isListed = traits.modelsPath !== null && !options.skipModelListing;

  /** Null where the server has no list after all. */
  async function fetchModels(signal: AbortSignal): Promise<readonly ModelInfo[] | null> {
    const reply = await get(base + (traits.modelsPath ?? ""), signal);
    if (reply.status === 200) return readModels(await readText(reply.body, 4_000_000));
    const error = await failure(reply);
    if (reply.status === 404 || reply.status === 405) return null;
    throw error;
  }

  async function listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const shipped = options.shippedModels ?? [];
    const listed = isListed ? await fetchModels(signal) : null;
    if (listed === null || listed.length === 0) return shipped;
    return listed.map((model) => ({ ...shipped.find(({ id }) => id === model.id), ...model }));
  }

  return {
    id: options.id,
    capabilities: {
      reach: options.reach,
      thinking: traits.thinkingSwitch !== "none",
      usage: true,
      listsModels: isListed || options.shippedModels !== undefined,
      maxInputTokens: options.maxInputTokens ?? traits.maxInputTokens,
      maxOutputTokens,
    },
    stream,
    outputBound: (call) => outputBoundOf(call, traits, maxOutputTokens),
    listModels,
    async checkHealth(signal) {
      if (traits.healthPath !== null) {
        const reply = await get(besideVersion(base, traits.healthPath), signal);
        const isUnknown = reply.status === 404 || reply.status === 405;
        if (reply.status >= 400 && !isUnknown) throw await failure(reply);
        await readText(reply.body);
      }
      const listed = isListed ? await fetchModels(signal) : null;
      // One try, and no second: a person waits for the word.
      if (listed === null || traits.probesWithToken)
        for await (const part of attempt(oneTokenCall(options.model), signal, (body) => body))
          if (part.type === "usage") continue;
    },
  };
}

/** Counted by us, since the server did not. */
async function estimate(
  inputTokens: number,
  written: string,
  thought: string,
  countTokens: CountTokens,
): Promise<Usage> {
  const reasoningTokens = await countTokens(thought);
  return {
    inputTokens,
    outputTokens: (await countTokens(written)) + reasoningTokens,
    reasoningTokens,
    cachedInputTokens: 0,
    estimated: true,
  };
}

const wasCut = (theirs: number, ours: number): boolean => ours > shortPrompt && theirs < ours * silentCut;

function readModels(body: string): ModelInfo[] {
  let parsed: { data?: readonly { id?: unknown; max_model_len?: unknown }[] };
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch {
    throw new AppError("provider-server", { facts: { reason: "unreadable-models" } });
  }
  return (parsed.data ?? []).flatMap((row) =>
    typeof row.id === "string"
      ? [{ id: row.id, ...(typeof row.max_model_len === "number" && { maxInputTokens: row.max_model_len }) }]
      : [],
  );
}
