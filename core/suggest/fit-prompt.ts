import type { Source, SuggestRequest } from "../contract/suggest.ts";
import { makeDelimiter } from "../safety/fencing/fence.ts";
import type { ServedTier } from "./dependencies.ts";
import { buildPrompt, type Prompt } from "./prompt.ts";
import { estimateTokens } from "./token-estimate.ts";

const MOST_OUTPUT_TOKENS = { short: 300, medium: 800, long: 2000 } as const;
/** Estimated counts may be low; this share of the window stays free. */
const WINDOW_USED = 0.9;

/** A prompt cut to what the tier's model takes, and how long its answer may be. */
export interface FittedPrompt extends Prompt {
  readonly maxOutputTokens: number;
}

/** The messages for a request, with as many of its sources as the model has room for. */
export function fitPrompt(
  request: SuggestRequest,
  served: ServedTier,
  sources: readonly Source[],
  randomBytes: Uint8Array,
): FittedPrompt {
  const { maxInputTokens, maxOutputTokens: most } = served.provider.capabilities;
  const maxOutputTokens = Math.min(MOST_OUTPUT_TOKENS[request.length], most);
  const prompt = buildPrompt({
    request,
    sources,
    delimiter: makeDelimiter(randomBytes),
    room: Math.floor((maxInputTokens - maxOutputTokens) * WINDOW_USED),
    countTokens: served.countTokens ?? estimateTokens,
  });
  return { ...prompt, maxOutputTokens };
}
