import { frameLanguage } from "../../contract/frame-language.ts";
import type { TextWords } from "../../contract/text-words.ts";
import type { QuoteTask, QuotingEngine, StreamPart } from "../provider.ts";
import { centralSentences } from "./central-sentences.ts";
import { chooseCentral, chooseQuotes } from "./choose-quotes.ts";
import { ownSentence, quoteBlock } from "./compose-quotes.ts";
import { frameWords } from "./frame-words.ts";
import type { SentenceSimilarity } from "./sentence-similarity.ts";

export const EXTRACTIVE_MODEL = "quotes";
const LONGEST_PASTED_QUESTION = 600;

/**
 * The engine that is always there: answers with the sentences of the passages that fit best, quoted letter
 * for letter with their citation, in words that never pretend something was written. With `similarity` it
 * also weighs meaning, else words alone.
 */
export function makeQuotingEngine(options: {
  words: TextWords;
  similarity?: SentenceSimilarity;
}): QuotingEngine {
  const { words } = options;

  async function* quote(task: QuoteTask, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    for await (const text of compose(task, signal)) {
      signal.throwIfAborted();
      yield { type: "text-delta", text };
    }
    yield { type: "finish", finish: { reason: "stop", raw: "end-of-quotes" } };
  }

  async function* compose(task: QuoteTask, signal: AbortSignal): AsyncGenerator<string> {
    const { intent, length, pasted, question, sources } = task;
    const frame = frameWords[frameLanguage(question)];
    if (intent === "summarise" && pasted !== "") {
      yield `${frame.lead.summarise}\n\n${frame.ownText}\n\n`;
      for (const { start, end } of centralSentences(pasted, length, words))
        yield ownSentence(pasted.slice(start, end));
      return;
    }
    const quotes =
      intent === "summarise"
        ? chooseCentral(sources, length, words)
        : await chooseQuotes(
            intent === "answer"
              ? question
              : `${question}\n${pasted.slice(0, LONGEST_PASTED_QUESTION)}`.trim(),
            sources,
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
    for (const one of quotes) yield quoteBlock(one, frame);
  }

  return { id: "extractive", model: EXTRACTIVE_MODEL, quote };
}
