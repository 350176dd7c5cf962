import type { ModelInfo, Provider, ProviderCall, StreamPart } from "../provider.ts";
import { centralSentences } from "./central-sentences.ts";
import { chooseCentral, chooseQuotes } from "./choose-quotes.ts";
import { ownSentence, quoteBlock } from "./compose-quotes.ts";
import { frameLanguage } from "../../contract/frame-language.ts";
import { frameWords } from "./frame-words.ts";
import type { TextWords } from "../../contract/text-words.ts";
import type { SentenceSimilarity } from "./sentence-similarity.ts";

export const EXTRACTIVE_MODEL = "quotes";
const LONGEST_PASTED_QUESTION = 600;

/**
 * The engine that is always there: answers with the sentences of the passages that fit best, quoted letter
 * for letter with their citation, in words that never pretend something was written. With `similarity` it
 * also weighs meaning, else words alone.
 */
export function makeExtractiveProvider(options: {
  words: TextWords;
  similarity?: SentenceSimilarity;
}): Provider {
  const { words } = options;

  async function* stream(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    for await (const text of compose(call, signal)) {
      signal.throwIfAborted();
      yield { type: "text-delta", text };
    }
    yield { type: "finish", finish: { reason: "stop", raw: "end-of-quotes" } };
  }

  async function* compose(call: ProviderCall, signal: AbortSignal): AsyncGenerator<string> {
    const { intent, length, pasted } = call.task ?? {
      intent: "answer" as const,
      length: "medium" as const,
      pasted: "",
    };
    const frame = frameWords[frameLanguage(call.question)];
    if (intent === "summarise" && pasted !== "") {
      yield `${frame.lead.summarise}\n\n${frame.ownText}\n\n`;
      for (const { start, end } of centralSentences(pasted, length, words))
        yield ownSentence(pasted.slice(start, end));
      return;
    }
    const quotes =
      intent === "summarise"
        ? chooseCentral(call.sources, length, words)
        : await chooseQuotes(
            intent === "answer"
              ? call.question
              : `${call.question}\n${pasted.slice(0, LONGEST_PASTED_QUESTION)}`.trim(),
            call.sources,
            { length, purpose: intent === "answer" ? "answer" : "outline" },
            words,
            options.similarity ?? null,
            signal,
          );
    if (quotes.length === 0) {
      yield frame.nothing;
      return;
    }
    yield `${frame.lead[intent]}\n\n`;
    for (const quote of quotes) yield quoteBlock(quote, frame);
  }

  return {
    id: "extractive",
    capabilities: {
      engine: "quotes",
      reach: "device",
      thinking: false,
      usage: false,
      listsModels: true,
      maxInputTokens: 1_000_000,
      maxOutputTokens: 4000,
    },
    stream,
    listModels: async (): Promise<readonly ModelInfo[]> => [{ id: EXTRACTIVE_MODEL }],
    checkHealth: async () => undefined,
  };
}
