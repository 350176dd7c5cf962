import { onTestFinished } from "vitest";
import type { ProviderDraft } from "../../../../core/contract/cloud-routes.ts";
import { defaultSettings, type Settings } from "../../../../core/contract/settings.ts";
import type { SuggestEvent, SuggestRequestInput } from "../../../../core/contract/suggest.ts";
import { suggestRequest } from "../../../../core/contract/suggest.ts";
import { textWords } from "../../../../core/rag/words/text-words.ts";
import { decide } from "../../../../core/safety/decision.ts";
import { notModerated } from "../../../../core/safety/moderator.ts";
import { openTestDatabase } from "../../../../core/store/testing/test-database.ts";
import type { SuggestDependencies } from "../../../../core/suggest/dependencies.ts";
import { suggest } from "../../../../core/suggest/suggest.ts";
import { makeEgress } from "../../egress.ts";
import { makeCloud } from "../cloud.ts";
import { makeLocalCloudStore } from "../cloud-store.ts";
import { makeProviderBook } from "../provider-book.ts";

export const never = (): AbortSignal => new AbortController().signal;

/** The real store, gate and providers, over loopback; only the library behind them is empty. */
export function makeCloudRig(changes: Partial<Settings> = {}) {
  const db = openTestDatabase();
  const store = makeLocalCloudStore(db);
  const book = makeProviderBook(store);
  let current: Settings = { ...defaultSettings, ...changes };
  const settings = {
    current: () => current,
    update: (patch: Partial<Settings>) => (current = { ...current, ...patch }),
  };
  const egress = makeEgress({
    store,
    allows: (origin) => book.allows(origin),
    certificatesFor: (origin) => book.certificatesFor(origin),
  });
  onTestFinished(() => egress.close());
  const cloud = makeCloud({
    store,
    book,
    settings,
    gate: (context) => egress.fetch(context),
    now: Date.now,
    retries: { tries: 1, firstDelay: 0, longestDelay: 0, longestAsked: 0 },
  });
  const pipeline: SuggestDependencies = {
    retriever: {
      search: async () => ({
        hits: [],
        mode: "words",
        notices: [],
        milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 },
      }),
    },
    serve: (tier, signal) => cloud.serve(tier, signal),
    collections: async () => [],
    decide,
    moderator: notModerated,
    sanitizer: null,
    review: null,
    words: textWords,
    passageLimit: () => 6,
    thinking: () => false,
    book: (request) => cloud.costOf(request.id),
    randomBytes: () => new Uint8Array(12),
    now: () => performance.now(),
    onBug: (error) => {
      throw error;
    },
  };
  const stream = (input: Partial<SuggestRequestInput>, signal = never()): AsyncGenerator<SuggestEvent> =>
    suggest(
      suggestRequest.parse({ id: "r1", text: "How long is the notice period?", tier: "standard", ...input }),
      pipeline,
      signal,
    );
  return { db, store, book, cloud, settings, egress, pipeline, stream };
}

export type CloudRig = ReturnType<typeof makeCloudRig>;

/** A draft with what most providers have. */
export function draftOf(
  config: Partial<ProviderDraft["config"]>,
  secrets: ProviderDraft["secrets"] = { apiKey: "fake-key" },
): ProviderDraft {
  return {
    config: {
      name: "house",
      vendor: "vllm",
      model: "contract-model",
      auth: { scheme: "bearer" },
      skipModelListing: false,
      thinking: { enabled: false },
      ...config,
    },
    secrets,
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}
