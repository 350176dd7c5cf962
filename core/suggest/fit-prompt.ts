import type { CountTokens } from "../providers/tokens/count-tokens.ts";
import { makeDelimiter } from "../safety/fencing/fence.ts";
import type { ServedModel } from "./dependencies.ts";
import { buildPrompt, type Prompt, type PromptInput } from "./prompt.ts";
import type { PromptTexts } from "./stages/parts.ts";

const MOST_OUTPUT_TOKENS = { short: 300, medium: 800, long: 2000 } as const;
/** Estimated counts may be low; this share of the window stays free. */
const WINDOW_USED = 0.9;

/** Of English six thousand letters. A laptop reads some hundred tokens a second: more passages than this and the first word takes too long. */
const DEVICE_PASSAGE_TOKENS = 1500;

/** A prompt cut to what the tier's model takes, and how long its answer may be. */
export interface FittedPrompt extends Prompt {
  readonly maxOutputTokens: number;
}

/** The messages for a request, with as many of its passages as the model has room for. */
export async function fitPrompt(
  request: PromptInput["request"],
  served: Pick<ServedModel, "provider" | "countTokens">,
  texts: PromptTexts,
  randomBytes: Uint8Array,
): Promise<FittedPrompt> {
  const { maxInputTokens, maxOutputTokens: most, reach } = served.provider.capabilities;
  const { countTokens } = served;
  const maxOutputTokens = Math.min(MOST_OUTPUT_TOKENS[request.length], most);
  const prompt = await buildPrompt({
    request,
    texts:
      reach === "device"
        ? { ...texts, passages: await bestWithin(texts.passages, DEVICE_PASSAGE_TOKENS, countTokens) }
        : texts,
    delimiter: makeDelimiter(randomBytes),
    room: Math.floor((maxInputTokens - maxOutputTokens) * WINDOW_USED),
    countTokens,
  });
  return { ...prompt, maxOutputTokens };
}

/** The first passages that together have at most so many tokens; the best one always. */
async function bestWithin(
  passages: PromptTexts["passages"],
  most: number,
  countTokens: CountTokens,
): Promise<PromptTexts["passages"]> {
  const counts = await Promise.all(passages.map(async ({ text }) => countTokens(text.text)));
  let sum = 0;
  return passages.filter((_passage, at) => {
    sum += counts[at] ?? 0;
    return at === 0 || sum <= most;
  });
}
