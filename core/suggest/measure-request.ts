import type { SuggestRequest } from "../contract/suggest.ts";
import type { ServedTier, SuggestDependencies } from "./dependencies.ts";
import { findSources } from "./find-sources.ts";
import { fitPrompt, type FittedPrompt } from "./fit-prompt.ts";

/** The prompt that `suggest` would send for a request, so that it can be counted first. Nothing leaves. */
export async function measureRequest(
  request: SuggestRequest,
  served: ServedTier,
  dependencies: SuggestDependencies,
  signal: AbortSignal,
): Promise<FittedPrompt> {
  const { sources } = await findSources(request, dependencies, signal);
  return fitPrompt(request, served, sources, dependencies.randomBytes());
}
