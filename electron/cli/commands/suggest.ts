import { randomBytes, randomUUID } from "node:crypto";
import type { SuggestEvent, SuggestRequest } from "../../../core/contract/suggest.ts";
import { AppError } from "../../../core/contract/errors.ts";
import { defaultSettings } from "../../../core/contract/settings.ts";
import {
  EXTRACTIVE_MODEL,
  makeExtractiveProvider,
} from "../../../core/providers/extractive/extractive-provider.ts";
import { textWords } from "../../../core/rag/words/text-words.ts";
import { decide } from "../../../core/safety/decision.ts";
import { notModerated } from "../../../core/safety/moderator.ts";
import type { SuggestDependencies } from "../../../core/suggest/dependencies.ts";
import { suggest } from "../../../core/suggest/suggest.ts";
import type { RunningLibrary } from "../../worker/open-library.ts";
import { sentenceOf } from "../messages.ts";
import { collectionIds, openSession, type Session } from "../session.ts";

type SuggestOptions = Pick<SuggestRequest, "intent" | "tone" | "length"> & { readonly text?: string };

/** `qwill suggest REQUEST`: the suggestion as it is written, then where its quotes stand. */
export async function suggestCommand(
  session: Session,
  [text = ""]: string[],
  options: SuggestOptions,
): Promise<number> {
  const running = await openSession(session, { model: "wanted" });
  try {
    const request: SuggestRequest = {
      id: randomUUID(),
      intent: options.intent,
      text,
      ...(options.text !== undefined && { pasted: options.text }),
      collections: collectionIds(session, running),
      tier: "local",
      tone: options.tone,
      length: options.length,
      turns: [],
      reachConsent: false,
    };
    let code = 0;
    const sources = new Map<number, string>();
    for await (const event of suggest(request, dependenciesOf(running, session), session.signal)) {
      if (session.output.isJson) session.output.result(event, () => null);
      else show(event, sources, session);
      if (event.type === "suggest-error") code = 1;
      if (event.type === "suggest-end" && event.finish === "cancelled") code = 130;
    }
    return code;
  } finally {
    await running.close();
  }
}

function dependenciesOf(running: RunningLibrary, session: Session): SuggestDependencies {
  const provider = makeExtractiveProvider({ words: textWords });
  return {
    retriever: running.library.retriever,
    serve: async (tier) => {
      if (tier !== "local") throw new AppError("provider-not-configured");
      return { provider, model: EXTRACTIVE_MODEL };
    },
    collections: async () => running.library.listCollections(),
    decide,
    moderator: notModerated,
    sanitizer: null,
    review: null,
    words: textWords,
    passageLimit: () => defaultSettings.passageLimit,
    thinking: () => false,
    book: () => null,
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
      return output.note(`(${event.notice})`);
    case "suggest-error":
      return output.note(sentenceOf(event.failure));
    case "suggest-end":
      output.text(`\n\n${[...sources].map(([number, where]) => `[${number}] ${where}`).join("\n")}\n`);
      return;
    default:
  }
}
