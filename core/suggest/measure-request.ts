import type { SuggestRequest } from "../contract/suggest.ts";
import type { ServedModel, SuggestDependencies } from "./dependencies.ts";
import type { FittedPrompt } from "./fit-prompt.ts";
import { prepare } from "./stages/prepare.ts";

/**
 * The prompt that `suggest` would send for a request, made by the same stages, so that it can be counted first.
 * Throws what `suggest` would refuse with. Nothing leaves.
 */
export async function measureRequest(
  request: SuggestRequest,
  served: ServedModel,
  dependencies: SuggestDependencies,
  signal: AbortSignal,
): Promise<FittedPrompt> {
  const stages = prepare(request, served, dependencies, () => undefined, signal);
  for (;;) {
    const { done, value } = await stages.next();
    if (!done) continue;
    if (!("prompt" in value)) throw new Error("a model was served without a prompt");
    return value.prompt;
  }
}
