import { AppError } from "../../contract/errors.ts";
import type { FineTuneExample } from "../../contract/fine-tune.ts";
import type { SavedSuggestion } from "../../contract/memory.ts";

/** A suggestion with its texts as they may be sent. */
export interface CleanSuggestion {
  readonly id: number;
  readonly request: string;
  readonly answer: string;
  /** Private values that were masked in it; null: nobody looked for any. */
  readonly masked: number | null;
}

/** Bytes of one file. The provider takes 200 MB; the whole file lies in memory and in the ledger. */
export const largestTrainingFile = 50_000_000;
/** What every example is told to be; the tuned tier's prompts go on from there. */
export const trainingSystem = "You write for this person, in the words they accepted before.";

/** Suggestions that can be learned from: accepted, not judged badly, not empty; newest first. */
export function trainable(suggestions: readonly SavedSuggestion[]): readonly SavedSuggestion[] {
  return suggestions
    .filter(
      ({ request, text, accepted, rating }) =>
        accepted && rating >= 0 && request.trim() !== "" && text.trim() !== "",
    )
    .toSorted((one, other) => other.createdAt - one.createdAt);
}

/** An example's two texts. */
export type Pair = Pick<FineTuneExample, "request" | "answer">;

/**
 * What a person is shown before an export: each example once, in the order given. `count` gives the tokens of an
 * example as the chat it is trained as.
 */
export async function reviewExamples(
  suggestions: readonly CleanSuggestion[],
  count: (example: Pair) => Promise<number>,
): Promise<FineTuneExample[]> {
  const once = new Map<string, CleanSuggestion>();
  for (const { request, answer, ...rest } of suggestions) {
    const example = { request: request.trim(), answer: answer.trim() };
    const key = JSON.stringify(example);
    if (!once.has(key)) once.set(key, { ...rest, ...example });
  }
  return Promise.all(
    [...once.values()].map(async ({ id, request, answer, masked }) => ({
      id,
      request,
      answer,
      masked,
      tokens: await count({ request, answer }),
      characters: request.length + answer.length,
    })),
  );
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
export function trainingFile(examples: readonly FineTuneExample[], system: string = trainingSystem): string {
  if (examples.length === 0) throw refuse("no-examples");
  const lines = examples.map((example) => {
    const messages = trainingMessages(example, system);
    if (messages.some(({ content }) => content === "")) throw refuse("empty-example", example);
    // The tag would be read as a thinking block, which only the last answer may have, in a form of its own.
    if (messages.some(({ content }) => /<\/?think>/i.test(content))) throw refuse("thinking-tag", example);
    return JSON.stringify({ messages });
  });
  const text = `${lines.join("\n")}\n`;
  if (new TextEncoder().encode(text).byteLength > largestTrainingFile) throw refuse("file-too-large");
  return text;
}

const refuse = (reason: string, example?: FineTuneExample): AppError =>
  new AppError("bad-request", { facts: { reason, ...(example && { id: example.id }) } });
