import { AppError } from "../../contract/errors.ts";
import type { FineTuneExample } from "../../contract/fine-tune.ts";
import type { SavedSuggestion } from "../../contract/memory.ts";
import type { CountTokens } from "../tokens/byte-pairs.ts";
import { countPrompt } from "../tokens/count-tokens.ts";

/** Masks private values in texts, in the same order, and counts them; training never gets them back. */
export type MaskTexts = (
  texts: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly texts: readonly string[]; readonly masked: number }>;

export interface ReviewOptions {
  /** Null while no sanitiser is installed: the review then says that nothing was masked by us. */
  readonly mask: MaskTexts | null;
  readonly count: CountTokens;
}

/** Bytes of one file. The provider takes 200 MB; the whole file lies in memory and in the ledger. */
export const largestTrainingFile = 50_000_000;
/** Fewer examples than this rarely change how a model writes. */
export const advisedExamples = 1000;
/** What every example is told to be; the tuned tier's prompts go on from there. */
export const trainingSystem = "You write for this person, in the words they accepted before.";

/**
 * What a person is shown before an export: accepted suggestions that were not judged badly, each request
 * and answer with private values masked, without repetitions (the newest stays), newest first.
 */
export async function reviewExamples(
  suggestions: readonly SavedSuggestion[],
  options: ReviewOptions,
  signal: AbortSignal,
): Promise<FineTuneExample[]> {
  const newestFirst = suggestions.toSorted((one, other) => other.createdAt - one.createdAt);
  const seen = new Set<string>();
  const examples: FineTuneExample[] = [];
  for (const { id, request, text, accepted, rating } of newestFirst) {
    const given = [request.trim(), text.trim()];
    if (!accepted || rating < 0 || given.includes("")) continue;
    signal.throwIfAborted();
    const { texts, masked } = options.mask
      ? await options.mask(given, signal)
      : { texts: given, masked: null };
    const [cleanRequest, cleanAnswer] = texts;
    if (cleanRequest === undefined || cleanAnswer === undefined)
      throw new Error("the sanitiser gave fewer texts than it was given");
    const key = JSON.stringify(texts);
    if (seen.has(key)) continue;
    seen.add(key);
    const example = { request: cleanRequest, answer: cleanAnswer };
    examples.push({
      id,
      ...example,
      masked,
      tokens: countPrompt(trainingMessages(example, trainingSystem), options.count),
      characters: cleanRequest.length + cleanAnswer.length,
    });
  }
  return examples;
}

/** The examples a person chose, in the order shown. Throws bad-request for an id that was not shown. */
export function chosenExamples(
  examples: readonly FineTuneExample[],
  ids: readonly number[],
): FineTuneExample[] {
  const wanted = new Set(ids);
  const chosen = examples.filter(({ id }) => wanted.has(id));
  if (chosen.length !== wanted.size) throw refuse("unknown-example");
  return chosen;
}

type Pair = Pick<FineTuneExample, "request" | "answer">;

/** A reviewed example as the chat it is trained as. */
export function trainingMessages(example: Pair, system: string) {
  return [
    ...(system.trim() === "" ? [] : [{ role: "system", content: system.trim() } as const]),
    { role: "user", content: example.request.trim() } as const,
    { role: "assistant", content: example.answer.trim() } as const,
  ];
}

/**
 * The file to upload or to save: one `{"messages": […]}` a line. Throws bad-request with a reason when
 * there is no example, one is empty or holds a thinking tag, or the file is too large.
 */
export function trainingFile(
  examples: readonly FineTuneExample[],
  system: string = trainingSystem,
): Uint8Array {
  if (examples.length === 0) throw refuse("no-examples");
  const lines = examples.map((example) => {
    const messages = trainingMessages(example, system);
    if (messages.some(({ content }) => content === "")) throw refuse("empty-example", example);
    // The tag would be read as a thinking block, which only the last answer may have, in a form of its own.
    if (messages.some(({ content }) => /<\/?think>/i.test(content))) throw refuse("thinking-tag", example);
    return JSON.stringify({ messages });
  });
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  if (bytes.byteLength > largestTrainingFile) throw refuse("file-too-large");
  return bytes;
}

const refuse = (reason: string, example?: FineTuneExample): AppError =>
  new AppError("bad-request", { facts: { reason, ...(example && { id: example.id }) } });
