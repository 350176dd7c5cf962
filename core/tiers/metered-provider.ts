import type { PriceRow } from "../contract/costs.ts";
import type { ProviderConfig } from "../contract/providers.ts";
import type { Cost, Usage } from "../contract/suggest.ts";
import type { Tier } from "../contract/tiers.ts";
import { costOf } from "../providers/cost.ts";
import type { Amount } from "../providers/cost-budget.ts";
import type { OutputBound, ProviderCall, RemoteProvider, StreamPart } from "../providers/provider.ts";
import type { Spending } from "./spending.ts";

export interface MeterOptions {
  readonly config: ProviderConfig;
  readonly tier: Tier;
  /** Null: none is known. */
  readonly price: PriceRow | null;
  readonly spending: Spending;
  readonly countTokens: (text: string) => number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Told what a call cost once it is booked. */
  readonly booked: (requestId: string, cost: Cost | null) => void;
}

/** Tokens that a chat template puts around each message. */
const perMessage = 8;
/** The tokens of a call as we count them; the input is what is sent, the output the most that it may be. */
export function expectedUsage(
  messages: ProviderCall["messages"],
  bound: OutputBound,
  countTokens: (text: string) => number,
): Usage {
  return {
    inputTokens: messages.reduce((sum, message) => sum + countTokens(message.content) + perMessage, 0),
    outputTokens: bound.most,
    // One thought is enough for the dearer price.
    reasoningTokens: bound.mayThink ? bound.most : 0,
    cachedInputTokens: 0,
    estimated: true,
  };
}

/** What a call costs at most; null without a price. */
export function dearestOf(usage: Usage, price: PriceRow | null): Amount | null {
  return price && { currency: price.currency, micros: costOf(usage, price) };
}

/**
 * A provider whose calls are asked of the budget before anything is sent, and booked however they end:
 * by the usage reported, else by our own count when anything was written (cancelled, cut off).
 */
export function meterProvider(provider: RemoteProvider, options: MeterOptions): RemoteProvider {
  const { config, price, spending, countTokens } = options;

  async function* stream(given: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const { enabled, budget } = config.thinking;
    const call: ProviderCall = {
      ...given,
      thinking: {
        enabled: enabled && provider.capabilities.thinking,
        ...(budget !== undefined && { budget }),
      },
    };
    const expected = expectedUsage(call.messages, provider.outputBound(call), countTokens);
    const release = await spending.reserve(dearestOf(expected, price), signal);
    let text = "";
    let thoughts = "";
    let usage: Usage | null = null;
    let isBooked = false;

    async function book(counted: Usage): Promise<void> {
      isBooked = true;
      const cost = await spending.book(
        {
          requestId: call.requestId,
          time: options.now(),
          provider: config.name,
          model: call.model,
          tier: options.tier,
          usage: counted,
          hasThought: thoughts !== "",
        },
        price,
      );
      options.booked(call.requestId, cost);
    }
    const estimate = (): Usage => ({
      inputTokens: expected.inputTokens,
      outputTokens: countTokens(text) + countTokens(thoughts),
      reasoningTokens: countTokens(thoughts),
      cachedInputTokens: 0,
      estimated: true,
    });

    try {
      for await (const part of provider.stream(call, signal)) {
        if (part.type === "text-delta") text += part.text;
        else if (part.type === "reasoning-delta") thoughts += part.text;
        else if (part.type === "usage") {
          usage = part.usage;
          await book(usage);
        } else if (part.type === "finish" && usage === null) {
          usage = estimate();
          await book(usage);
          yield { type: "usage", usage };
        }
        yield part;
      }
    } finally {
      try {
        if (!isBooked && text + thoughts !== "") await book(estimate());
      } finally {
        release();
      }
    }
  }

  return { ...provider, stream };
}
