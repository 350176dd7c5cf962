import { randomBytes, randomUUID } from "node:crypto";
import type { SuggestEvent, SuggestRequest } from "../../../core/contract/suggest.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import {
  EXTRACTIVE_MODEL,
  makeExtractiveProvider,
} from "../../../core/providers/extractive/extractive-provider.ts";
import { openLlamaProvider, type LlamaProvider } from "../../../core/providers/llama-cpp/llama-provider.ts";
import { textWords } from "../../../core/rag/words/text-words.ts";
import { decide } from "../../../core/safety/decision.ts";
import { notModerated } from "../../../core/safety/moderator.ts";
import type { ServedTier, SuggestDependencies } from "../../../core/suggest/dependencies.ts";
import { suggest } from "../../../core/suggest/suggest.ts";
import type { Cloud } from "../../main/cloud/cloud.ts";
import type { RunningLibrary } from "../../worker/open-library.ts";
import { similarities } from "../../worker/similarities.ts";
import { noticeOf, sentenceOf } from "../messages.ts";
import { findGenerationModel } from "../generation-model.ts";
import { collectionIds, modelFoldersOf, openSession, settingsOf, type Session } from "../session.ts";

type SuggestOptions = Pick<SuggestRequest, "intent" | "tone" | "length"> & {
  readonly text?: string;
  readonly model?: string;
  readonly tier: Tier;
};

/** `qwill suggest REQUEST`: the suggestion as it is written, then where its quotes stand. */
export async function suggestCommand(
  session: Session,
  [text = ""]: string[],
  options: SuggestOptions,
): Promise<number> {
  if (`${text}${options.text ?? ""}`.trim() === "") {
    session.output.note("Say what to suggest, or give --text to work on.");
    return 2;
  }
  const running = await openSession(session, { model: "wanted" });
  const engine = makeEngine(session, options.model, running);
  // The way out is loaded by those who want out.
  const opened =
    options.tier === "local" ? null : (await import("../cloud-session.ts")).openCloud(session, running);
  try {
    const request: SuggestRequest = {
      id: randomUUID(),
      intent: options.intent,
      text,
      ...(options.text !== undefined && { pasted: options.text }),
      collections: collectionIds(session, running),
      tier: options.tier,
      tone: options.tone,
      length: options.length,
      turns: [],
      reachConsent: false,
    };
    let code = 0;
    const sources = new Map<number, string>();
    const dependencies = dependenciesOf(running, engine, opened?.cloud ?? null, session);
    for await (const event of suggest(request, dependencies, session.signal)) {
      if (session.output.isJson) session.output.result(event, () => null);
      else show(event, sources, session);
      if (event.type === "suggest-error") code = 1;
      if (event.type === "suggest-end" && event.finish === "cancelled") code = 130;
    }
    return code;
  } finally {
    await opened?.close();
    await engine.close();
    await running.close();
  }
}

/** What writes in the local tier: a language model where one is named or chosen, else quotes. */
interface Engine {
  serve(signal: AbortSignal): Promise<ServedTier>;
  close(): Promise<void>;
}

function makeEngine(session: Session, named: string | undefined, running: RunningLibrary): Engine {
  const { generationModel, threads } = settingsOf(session);
  const model = named ?? generationModel;
  const provider = makeExtractiveProvider({
    words: textWords,
    similarity: async (question, sentences, signal) => {
      const embedder = running.library.models.active?.embedder;
      return embedder ? similarities(embedder, question, sentences, signal) : null;
    },
  });
  const quotes = { provider, model: EXTRACTIVE_MODEL };
  let loaded: LlamaProvider | null = null;
  return {
    serve: async (signal) => {
      if (model === null || model === EXTRACTIVE_MODEL) return quotes;
      const { modelId, path } = findGenerationModel(model, modelFoldersOf(session));
      loaded ??= await openLlamaProvider({ modelId, modelPath: path, threads }, signal);
      return { provider: loaded, model: modelId };
    },
    close: async () => loaded?.close(),
  };
}

function dependenciesOf(
  running: RunningLibrary,
  engine: Engine,
  cloud: Cloud | null,
  session: Session,
): SuggestDependencies {
  const settings = settingsOf(session);
  return {
    retriever: running.library.retriever,
    serve: (tier, signal) => (cloud === null ? engine.serve(signal) : cloud.serve(tier, signal)),
    collections: async () => running.library.listCollections(),
    decide,
    moderator: notModerated,
    sanitizer: null,
    review: null,
    words: textWords,
    passageLimit: () => settings.passageLimit,
    thinking: () => settings.thinking,
    book: (request) => cloud?.costOf(request.id) ?? null,
    randomBytes: () => randomBytes(12),
    now: () => performance.now(),
    onBug: (error) => session.output.failure(error),
  };
}

function show(event: SuggestEvent, sources: Map<number, string>, { output }: Session): void {
  switch (event.type) {
    case "source-found": {
      const { number, path, title, place } = event.source;
      const where = [title, path, place.page && `page ${place.page}`, place.heading]
        .filter(Boolean)
        .join(", ");
      sources.set(number, where);
      return;
    }
    case "text-delta":
      return output.text(event.text);
    case "notice-given":
      return output.note(noticeOf(event.notice));
    case "usage-counted": {
      const { inputTokens, outputTokens, estimated } = event.usage;
      const cost = event.cost === null ? "" : `, ${event.cost.amount} ${event.cost.currency}`;
      return output.note(`\n(${estimated ? "about " : ""}${inputTokens} + ${outputTokens} tokens${cost})`);
    }
    case "suggest-error":
      output.note(`${sentenceOf(event.failure)} (${event.failure.code})`);
      if (event.offer !== null) output.note("This device can answer by itself: leave out --tier.");
      return;
    case "suggest-end":
      output.text(`\n\n${[...sources].map(([number, where]) => `[${number}] ${where}`).join("\n")}\n`);
      return;
    default:
  }
}
