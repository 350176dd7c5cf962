import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { StreamHandlers } from "../../../core/contract/routes.ts";
import {
  EXTRACTIVE_MODEL,
  makeExtractiveProvider,
} from "../../../core/providers/extractive/extractive-provider.ts";
import { textWords } from "../../../core/rag/words/text-words.ts";
import { decide } from "../../../core/safety/decision.ts";
import { notModerated } from "../../../core/safety/moderator.ts";
import type { SuggestDependencies } from "../../../core/suggest/dependencies.ts";
import { suggest } from "../../../core/suggest/suggest.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Engine } from "../engine.ts";
import type { Library } from "../library.ts";
import type { SettingsFile } from "../settings-file.ts";

export interface SuggestDeps {
  readonly library: Library;
  readonly settings: SettingsFile;
  readonly engine: Engine;
  readonly cloud: Pick<Cloud, "serve" | "costOf">;
  readonly report: (where: string, error: unknown) => void;
}

/** The stream of one suggestion. */
export function suggestHandler(dependencies: SuggestDependencies): StreamHandlers["suggest"] {
  return (request, signal) => suggest(request, dependencies, signal);
}

/** The pipeline of core/suggest with this application's parts. */
export function suggestDependencies(deps: SuggestDeps): SuggestDependencies {
  const { library, settings, engine } = deps;
  const quotes = {
    provider: makeExtractiveProvider({
      words: textWords,
      similarity: (question, sentences, signal) =>
        library.request("search.similarities", { question, sentences }, signal),
    }),
    model: EXTRACTIVE_MODEL,
  };
  return {
    retriever: { search: (request, signal) => library.request("search.run", request, signal) },
    serve: async (tier, signal) => {
      if (tier !== "local") return deps.cloud.serve(tier, signal);
      return (await engine.provider(signal)) ?? quotes;
    },
    collections: (signal) => library.request("collections.list", undefined, signal),
    decide,
    moderator: notModerated,
    sanitizer: null,
    review: null,
    words: textWords,
    passageLimit: () => settings.current().passageLimit,
    thinking: () => settings.current().thinking,
    book: (request) => deps.cloud.costOf(request.id),
    randomBytes: () => new Uint8Array(randomBytes(12)),
    now: () => performance.now(),
    onBug: (error) => deps.report("suggest", error),
  };
}
