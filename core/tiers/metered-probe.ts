import type { PriceRow } from "../contract/costs.ts";
import type { ProviderConfig } from "../contract/providers.ts";
import { oneTokenCall } from "../providers/one-token-call.ts";
import type { RemoteProvider } from "../providers/provider.ts";
import type { CountTokens } from "../providers/tokens/count-tokens.ts";
import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import { dearestOf, expectedUsage, mayHaveArrived } from "./metered-provider.ts";
import type { Spending } from "./spending.ts";

export interface ProbeOptions {
  readonly requestId: string;
  readonly config: ProviderConfig;
  /** Null: none is known. */
  readonly price: PriceRow | null;
  readonly spending: Spending;
  readonly countTokens: CountTokens;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Says how much the call for one token may come to. */
  readonly provider: Pick<RemoteProvider, "outputBound">;
}

/**
 * The way out for testing a connection: where that takes a call for one token, the budget is asked about it and it is
 * booked once it was sent, at the most that it may cost, since nobody reads its usage. A list of models costs nothing.
 */
export function meterProbe(fetch: WireFetch, options: ProbeOptions): WireFetch {
  const { config, price, spending } = options;
  return async (address, request, stop) => {
    if (request.method === "GET") return fetch(address, request, stop);
    const call = oneTokenCall(config.model);
    const usage = await expectedUsage(call.messages, options.provider.outputBound(call), options.countTokens);
    const book = (): void =>
      void spending.book(
        {
          requestId: options.requestId,
          time: options.now(),
          provider: config.name,
          model: config.model,
          tier: config.reach === "cloud" ? "standard" : "private",
          usage,
        },
        price,
      );
    const release = await spending.reserve(
      { provider: config.name, model: config.model, dearest: dearestOf(usage, price, config) },
      stop,
    );
    try {
      const reply = await fetch(address, request, stop);
      if (reply.status < 300) book();
      return reply;
    } catch (error) {
      if (mayHaveArrived(error, stop)) book();
      throw error;
    } finally {
      release();
    }
  };
}
