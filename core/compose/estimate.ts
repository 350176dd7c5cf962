import type { RouteOutput } from "../contract/routes.ts";
import type { SuggestRequest } from "../contract/suggest.ts";
import type { SuggestDependencies } from "../suggest/dependencies.ts";
import { measureRequest } from "../suggest/measure-request.ts";
import { dearestOf, expectedUsage, thinkingOf } from "../tiers/metered-provider.ts";
import type { Tiers } from "../tiers/tiers.ts";

/**
 * Tokens and the most that a request would cost, of the very prompt that would be sent once the person agreed to what
 * it asks. Rejects with what the request would be refused with all the same. Nothing leaves.
 */
export async function estimate(
  request: SuggestRequest,
  tiers: Pick<Tiers, "serve">,
  dependencies: SuggestDependencies,
  signal: AbortSignal,
): Promise<RouteOutput<"costs.estimate">> {
  // On this device nothing is paid for, and its model is not loaded to find that out.
  if (request.tier === "local") return { inputTokens: 0, outputTokens: 0, exact: true, cost: null };
  const served = await tiers.serve(request.tier, signal);
  // Whether a conversation may go further is asked when it is sent; what it would cost is told before.
  const agreed = { ...request, reachConsent: true };
  const { messages, maxOutputTokens } = await measureRequest(agreed, served, dependencies, signal);
  const thinking = thinkingOf(served.config, served.provider);
  const bound = served.provider.outputBound({ model: served.config.model, maxOutputTokens, thinking });
  const usage = await expectedUsage(messages, bound, served.countTokens);
  const cost = dearestOf(usage, served.price, served.config);
  return {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    exact: served.isExact,
    cost: served.price && cost && { amount: cost.micros / 1_000_000, currency: cost.currency },
  };
}
