import type { Source, SuggestNotice, SuggestRequest } from "../contract/suggest.ts";
import type { Message } from "../providers/provider.ts";
import { fence } from "../safety/fencing/fence.ts";
import { promptWords } from "./prompt-words.ts";
import { frameLanguage } from "../contract/frame-language.ts";

/** What a prompt is made of, and how much room it has. */
export interface PromptInput {
  readonly request: SuggestRequest;
  /** Best first. */
  readonly sources: readonly Source[];
  readonly delimiter: string;
  /** Tokens the prompt may take, what is kept for the answer already taken off. */
  readonly room: number;
  readonly countTokens: (text: string) => number;
}

export interface Prompt {
  readonly messages: readonly Message[];
  /** The sources that found room, in their order. */
  readonly sources: readonly Source[];
  readonly notices: readonly SuggestNotice[];
}

/** Tokens that a chat template puts around each message, generously. */
const PER_MESSAGE = 8;
const FEWEST_PASTED_LETTERS = 400;

/** Where a source is from, in one line: title, headings, page. */
export function originOf(source: Source): string {
  const { place } = source;
  const spot = [
    place.heading?.startsWith(`${source.title} › `)
      ? place.heading.slice(source.title.length + 3)
      : place.heading,
    place.sheet,
    place.page === undefined ? undefined : `p. ${place.page}`,
    place.slide === undefined ? undefined : `slide ${place.slide}`,
  ];
  return [
    source.title,
    ...spot.filter((part) => part !== undefined && part !== "" && part !== source.title),
  ].join(" › ");
}

/**
 * Builds the messages: rules, earlier turns, passages and pasted text fenced as data, the request last.
 * What does not fit goes in this order: oldest turns, passages from the last, the end of the pasted text.
 */
export function buildPrompt(input: PromptInput): Prompt {
  const { request, room, countTokens } = input;
  const size = (messages: readonly Message[]): number =>
    messages.reduce((sum, message) => sum + countTokens(message.content) + PER_MESSAGE, 0);
  let turns = request.turns;
  let sources = input.sources;
  let pasted = request.pasted ?? "";
  const notices = new Set<SuggestNotice>();
  const make = (): Message[] => assemble(input, turns, sources, pasted);

  let messages = make();
  while (size(messages) > room) {
    if (turns.length > 0) {
      turns = turns.slice(1);
      notices.add("conversation-shortened");
    } else if (sources.length > 1) {
      sources = sources.slice(0, -1);
      notices.add("prompt-shortened");
    } else if (pasted.length > FEWEST_PASTED_LETTERS) {
      // A continuation needs the end of the text, everything else its beginning.
      const kept = Math.max(FEWEST_PASTED_LETTERS, Math.floor(pasted.length * 0.8));
      pasted = request.intent === "continue" ? pasted.slice(-kept) : pasted.slice(0, kept);
      notices.add("prompt-shortened");
    } else if (sources.length > 0) {
      const [only] = sources;
      if (!only || only.text.length <= FEWEST_PASTED_LETTERS) break;
      sources = [cutSource(only, Math.floor(only.text.length * 0.7))];
      notices.add("prompt-shortened");
    } else break;
    messages = make();
  }
  return { messages, sources, notices: [...notices] };
}

function cutSource(source: Source, length: number): Source {
  const matches = source.matches.filter((match) => match.end <= length);
  return { ...source, text: source.text.slice(0, length), end: source.start + length, matches };
}

function assemble(
  input: PromptInput,
  turns: SuggestRequest["turns"],
  sources: readonly Source[],
  pasted: string,
): Message[] {
  const { request, delimiter } = input;
  const words = promptWords[frameLanguage(request.text)];
  const system = [
    words.role,
    ...words.rules(delimiter),
    words.intents[request.intent],
    words.tones[request.tone],
    words.lengths[request.length],
    words.language,
  ].join("\n");
  const passages = sources.map((source) => ({
    label: `[${source.number}]`,
    origin: originOf(source),
    text: source.text,
  }));
  const parts = [
    passages.length > 0 ? fence("passages", passages, delimiter) : words.noPassages,
    ...(pasted === ""
      ? []
      : [`${words.pasted}\n${fence("text", [{ label: "", origin: "", text: pasted }], delimiter)}`]),
    `${words.request} ${request.text}`,
  ];
  return [
    { role: "system", content: system },
    ...turns.flatMap((turn): Message[] => [
      { role: "user", content: turn.request },
      { role: "assistant", content: turn.answer },
    ]),
    { role: "user", content: parts.join("\n\n") },
  ];
}
