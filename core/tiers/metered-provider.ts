import { AppError } from "../contract/errors.ts";
import type { PriceRow } from "../contract/costs.ts";
import type { ProviderConfig } from "../contract/providers.ts";
import type { Cost, Usage } from "../contract/suggest.ts";
import type { Tier } from "../contract/tiers.ts";
import { costOf } from "../providers/cost.ts";
import type { Amount } from "../providers/cost-budget.ts";
import type { OutputBound, ProviderCall, RemoteProvider, StreamPart } from "../providers/provider.ts";
import { countMessages, type CountTokens } from "../providers/tokens/count-tokens.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";
import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import type { AddressedRequest } from "../safety/envelope/outgoing.ts";
import { originOfProvider } from "./provider-config.ts";
import { recordedOf, recorder } from "./record-request.ts";
import type { Spending } from "./spending.ts";

export interface MeterOptions {
  readonly config: ProviderConfig;
  readonly tier: Tier;
  /** Null: none is known. */
  readonly price: PriceRow | null;
  readonly spending: Spending;
  readonly countTokens: CountTokens;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The provider for one call, whose fetch is wrapped so that what really leaves is seen. */
  readonly open: (requestId: string, wrap: (fetch: WireFetch) => WireFetch) => RemoteProvider;
}

/** A provider whose calls are asked of the budget and booked. */
export interface MeteredProvider extends RemoteProvider {
  /** `booked` hears of the call's usage and cost as they are booked, also where the stream was left before its end. */
  stream(
    call: ProviderCall,
    signal: AbortSignal,
    booked?: (usage: Usage, cost: Cost | null) => void,
  ): AsyncIterable<StreamPart>;
  readonly outside: {
    readonly origin: string;
    /** What would go out for a call. Nothing is sent, reserved or booked. */
    readonly requestOf: (call: ProviderCall, signal: AbortSignal) => Promise<AddressedRequest>;
  };
}

/** Tokens that a chat template puts around each message. */
const perMessage = 8;

/** The tokens of a call as we count them; the input is what is sent, the output the most that it may be. */
export async function expectedUsage(
  messages: ProviderCall["messages"],
  bound: OutputBound,
  countTokens: CountTokens,
): Promise<Usage> {
  return {
    inputTokens: (await countMessages(messages, countTokens)) + messages.length * perMessage,
    outputTokens: bound.most,
    // One thought is enough for the dearer price.
    reasoningTokens: bound.mayThink ? bound.most : 0,
    cachedInputTokens: 0,
    estimated: true,
  };
}

/** What a call costs at most; null without a price. A server of one's own asks nothing, unless it was given one. */
export function dearestOf(usage: Usage, price: PriceRow | null, config: ProviderConfig): Amount | null {
  if (price !== null) return { currency: price.currency, micros: costOf(usage, price) };
  return config.reach === "cloud" ? null : { currency: "USD", micros: 0 };
}

/** Whether and how long a model may think, as its provider is set and as far as the model can. */
export function thinkingOf(
  { thinking: { enabled, budget } }: Pick<ProviderConfig, "thinking">,
  { capabilities }: Pick<RemoteProvider, "capabilities">,
): NonNullable<ProviderCall["thinking"]> {
  return { enabled: enabled && capabilities.thinking, ...(budget !== undefined && { budget }) };
}

/**
 * A provider whose calls are asked of the budget before anything is sent, and booked once they were sent, however
 * they end: by the usage reported, else by our own count. A try that the server may have worked on without our
 * seeing its answer (a time-out, a cut connection) is booked with its input, each one.
 */
export function meterProvider(base: RemoteProvider, options: MeterOptions): MeteredProvider {
  const { config, price, spending, countTokens } = options;

  /** The call as the provider's settings have it. */
  function asSet(given: ProviderCall): ProviderCall {
    return { ...given, thinking: thinkingOf(config, base) };
  }

  async function* stream(
    given: ProviderCall,
    signal: AbortSignal,
    booked?: (usage: Usage, cost: Cost | null) => void,
  ): AsyncGenerator<StreamPart> {
    const call = asSet(given);
    const expected = await expectedUsage(call.messages, base.outputBound(call), countTokens);
    const inputOnly: Usage = { ...expected, outputTokens: 0, reasoningTokens: 0 };
    const ask = (usage: Usage, stop: AbortSignal) =>
      spending.reserve(
        { provider: config.name, model: call.model, dearest: dearestOf(usage, price, config) },
        stop,
      );
    const releases = [await ask(expected, signal)];
    let text = "";
    let thoughts = "";
    let isBooked = false;
    /** Tries that the server may bill. */
    let taken = 0;

    const wrap =
      (fetch: WireFetch): WireFetch =>
      async (address, request, stop) => {
        stop.throwIfAborted();
        // Those before may be billed beside this one: the budget is asked about it again.
        if (taken > 0) releases.push(await ask(inputOnly, stop));
        try {
          const reply = await fetch(address, request, stop);
          if (reply.status < 300) taken += 1;
          return reply;
        } catch (error) {
          if (mayHaveArrived(error, stop)) taken += 1;
          throw error;
        }
      };

    function book(counted: Usage): Cost | null {
      isBooked = true;
      const one = (usage: Usage, hasThought: boolean) =>
        spending.book(
          {
            requestId: call.requestId,
            time: options.now(),
            provider: config.name,
            model: call.model,
            tier: options.tier,
            usage,
            hasThought,
          },
          price,
        );
      const costs = Array.from({ length: Math.max(0, taken - 1) }, () => one(inputOnly, false));
      const cost = sumOf([...costs, one(counted, thoughts !== "")]);
      booked?.(counted, cost);
      return cost;
    }
    const usageOf = (written: number, reasoningTokens: number): Usage => ({
      inputTokens: expected.inputTokens,
      outputTokens: written + reasoningTokens,
      reasoningTokens,
      cachedInputTokens: 0,
      estimated: true,
    });

    try {
      for await (const part of options.open(call.requestId, wrap).stream(call, signal)) {
        if (part.type === "text-delta") text += part.text;
        else if (part.type === "reasoning-delta") thoughts += part.text;
        if (part.type === "finish" && !isBooked) {
          const usage = usageOf(await countTokens(text), await countTokens(thoughts));
          yield { type: "usage", usage, cost: book(usage) };
        }
        yield part.type === "usage" ? { ...part, cost: book(part.usage) } : part;
      }
    } finally {
      // Counted here and now: whoever stopped it may be closing Qwill, and nothing is booked after that.
      if (!isBooked && taken > 0) book(usageOf(estimateTokens(text), estimateTokens(thoughts)));
      for (const release of releases) release();
    }
  }

  return {
    ...base,
    stream,
    outside: {
      origin: originOfProvider(config),
      requestOf: (call, signal) =>
        recordedOf(async () => {
          for await (const part of options.open(call.requestId, () => recorder).stream(asSet(call), signal))
            throw new Error(`a ${part.type} came of a request that was not sent`);
        }),
    },
  };
}

/** Codes of the system for a connection that never stood. */
const neverStood: ReadonlySet<unknown> = new Set(["ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]);

/** False only where it is certain that the server was not reached with the request. */
export function mayHaveArrived(error: unknown, stop: AbortSignal): boolean {
  if (stop.aborted || !(error instanceof AppError)) return true;
  if (error.code !== "provider-network" && error.code !== "provider-timed-out") return false;
  return !neverStood.has(error.facts?.["system"]);
}

/** All are in one currency: they are of one call. */
function sumOf(costs: readonly (Cost | null)[]): Cost | null {
  const known = costs.filter((cost) => cost !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  const micros = known.reduce((sum, { amount }) => sum + Math.round(amount * 1_000_000), 0);
  return { ...last, amount: micros / 1_000_000, estimated: known.some(({ estimated }) => estimated) };
}
