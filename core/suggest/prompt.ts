import type { Source, SuggestNotice, SuggestRequest } from "../contract/suggest.ts";
import type { Message } from "../providers/provider.ts";
import type { CountTokens } from "../providers/tokens/count-tokens.ts";
import { fence } from "../safety/fencing/fence.ts";
import { promptPhrases } from "./prompt-phrases.ts";
import type { PromptTexts } from "./stages/parts.ts";
import { frameLanguage } from "../contract/frame-language.ts";

/** What a prompt is made of, and how much room it has. */
export interface PromptInput {
  readonly request: Pick<SuggestRequest, "text" | "intent" | "tone" | "length">;
  /** As they may be sent; passages best first. */
  readonly texts: PromptTexts;
  readonly delimiter: string;
  /** Tokens the prompt may take, what is kept for the answer already taken off. */
  readonly room: number;
  readonly countTokens: CountTokens;
}

export interface Prompt {
  readonly messages: readonly Message[];
  /** The sources that found room, in their order. */
  readonly sources: readonly Source[];
  readonly notices: readonly SuggestNotice[];
  /** Private values that stand masked in it, by kind. */
  readonly values: Readonly<Record<string, number>>;
}

/** Tokens that a chat template puts around each message, generously. */
const PER_MESSAGE = 8;
const FEWEST_PASTED_LETTERS = 400;

type Passages = PromptTexts["passages"];

/**
 * Builds the messages: rules, earlier turns, passages and pasted text fenced as data, the request last.
 * What does not fit goes in this order: oldest turns, passages from the last, the end of the pasted text.
 */
export async function buildPrompt(input: PromptInput): Promise<Prompt> {
  const { request, texts, room, countTokens } = input;
  async function size(messages: readonly Message[]): Promise<number> {
    const counts = await Promise.all(messages.map(async ({ content }) => countTokens(content)));
    return counts.reduce((sum, tokens) => sum + tokens + PER_MESSAGE, 0);
  }
  let { turns, passages } = texts;
  let pasted = texts.pasted.text;
  const notices = new Set<SuggestNotice>();
  const make = (): Message[] => assemble(input, turns, passages, pasted);

  let messages = make();
  while ((await size(messages)) > room) {
    if (turns.length > 0) {
      turns = turns.slice(1);
      notices.add("conversation-shortened");
    } else if (passages.length > 1) {
      passages = passages.slice(0, -1);
      notices.add("prompt-shortened");
    } else if (pasted.length > FEWEST_PASTED_LETTERS) {
      // A continuation needs the end of the text, everything else its beginning.
      const kept = Math.max(FEWEST_PASTED_LETTERS, Math.floor(pasted.length * 0.8));
      pasted = request.intent === "continue" ? pasted.slice(-kept) : pasted.slice(0, kept);
      notices.add("prompt-shortened");
    } else if (passages.length > 0) {
      const [only] = passages;
      if (!only || only.text.text.length <= FEWEST_PASTED_LETTERS) break;
      passages = [cutPassage(only, Math.floor(only.text.text.length * 0.7))];
      notices.add("prompt-shortened");
    } else break;
    messages = make();
  }
  const used = [
    texts.request,
    texts.pasted,
    ...turns.flatMap((turn) => [turn.request, turn.answer]),
    ...passages.flatMap(({ origin, text }) => [origin, text]),
  ];
  return {
    messages,
    sources: passages.map(({ source }) => source),
    notices: [...notices],
    values: sumOf(used.map(({ values }) => values)),
  };
}

function sumOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum = new Map<string, number>();
  for (const count of counts)
    for (const [kind, number] of Object.entries(count)) sum.set(kind, (sum.get(kind) ?? 0) + number);
  return Object.fromEntries([...sum].filter(([, number]) => number > 0));
}

function cutPassage({ source, origin, text }: Passages[number], length: number): Passages[number] {
  const matches = source.matches.filter((match) => match.end <= length);
  return {
    origin,
    text: { ...text, text: text.text.slice(0, length) },
    source: { ...source, text: source.text.slice(0, length), end: source.start + length, matches },
  };
}

function assemble(
  { request, texts, delimiter }: PromptInput,
  turns: PromptTexts["turns"],
  passages: Passages,
  pasted: string,
): Message[] {
  const phrases = promptPhrases[frameLanguage(request.text)];
  const system = [
    phrases.role,
    ...phrases.rules(delimiter),
    phrases.intents[request.intent],
    phrases.tones[request.tone],
    phrases.lengths[request.length],
    phrases.language,
  ].join("\n");
  const fenced = passages.map(({ source, origin, text }) => ({
    label: `[${source.number}]`,
    origin: origin.text,
    text: text.text,
  }));
  const parts = [
    fenced.length > 0 ? fence("passages", fenced, delimiter) : phrases.noPassages,
    ...(pasted === ""
      ? []
      : [`${phrases.pasted}\n${fence("text", [{ label: "", origin: "", text: pasted }], delimiter)}`]),
    `${phrases.request} ${texts.request.text}`,
  ];
  return [
    { role: "system", content: system },
    ...turns.flatMap((turn): Message[] => [
      { role: "user", content: turn.request.text },
      { role: "assistant", content: turn.answer.text },
    ]),
    { role: "user", content: parts.join("\n\n") },
  ];
}
