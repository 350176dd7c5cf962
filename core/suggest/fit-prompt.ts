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
export function fitPrompt(
  request: PromptInput["request"],
  served: Pick<ServedModel, "provider" | "countTokens">,
  texts: PromptTexts,
  randomBytes: Uint8Array,
): FittedPrompt {
  const { maxInputTokens, maxOutputTokens: most, reach } = served.provider.capabilities;
  const { countTokens } = served;
  const maxOutputTokens = Math.min(MOST_OUTPUT_TOKENS[request.length], most);
  const prompt = buildPrompt({
    request,
    texts:
      reach === "device"
        ? { ...texts, passages: bestWithin(texts.passages, DEVICE_PASSAGE_TOKENS, countTokens) }
        : texts,
    delimiter: makeDelimiter(randomBytes),
    room: Math.floor((maxInputTokens - maxOutputTokens) * WINDOW_USED),
    countTokens,
  });
  return { ...prompt, maxOutputTokens };
}

/** The first passages that together have at most so many tokens; the best one always. */
function bestWithin(
  passages: PromptTexts["passages"],
  most: number,
  countTokens: (text: string) => number,
): PromptTexts["passages"] {
  let sum = 0;
  return passages.filter(({ text }, at) => {
    sum += countTokens(text.text);
    return at === 0 || sum <= most;
  });
}
