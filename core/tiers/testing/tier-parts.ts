import { defaultSettings } from "../../contract/default-settings.ts";
import type { Settings } from "../../contract/settings.ts";
import { suggestRequest, type SuggestEvent, type SuggestRequestInput } from "../../contract/suggest.ts";
import { textWords } from "../../rag/search/words/text-words.ts";
import { decide } from "../../safety/decision.ts";
import { makeEnvelope } from "../../safety/envelope/envelope.ts";
import { reviewsNothing } from "../../safety/review.ts";
import { masksNothing } from "../../safety/sanitizer.ts";
import { decideScope } from "../../safety/scope.ts";
import { listCollections } from "../../store/collections.ts";
import { makeTurnMemory } from "../../suggest/turn-memory.ts";
import { notModerated } from "../../safety/moderator.ts";
import type { WriteDb } from "../../store/handle.ts";
import type { SuggestDependencies } from "../../suggest/dependencies.ts";
import { suggest } from "../../suggest/suggest.ts";
import { makeEgress } from "../../safety/gate/egress.ts";
import type { CountQwenTokens } from "../../providers/tokens/count-tokens.ts";
import { countQwenTokens } from "../../providers/tokens/qwen-tokens.ts";
import { makeTiers } from "../tiers.ts";
import { ledgerIn, makeLocalTierStore } from "../tier-store.ts";
import { realClock } from "../../providers/wire/retry.ts";
import { makeOutbox } from "../outbox.ts";
import { makeProviderBook } from "../provider-book.ts";

export const never = (): AbortSignal => new AbortController().signal;

/** The real store, gate and providers; only the library behind them is empty. Close `egress` in the end. */
export function makeTierParts(
  db: WriteDb,
  changes: Partial<Settings> = {},
  tries = 1,
  unreadable: readonly (keyof Settings)[] = [],
  count: CountQwenTokens = countQwenTokens,
) {
  const store = makeLocalTierStore(db);
  const outbox = makeOutbox({
    store,
    clock: realClock,
    report: (_where, error) => {
      throw error;
    },
  });
  const book = makeProviderBook(store);
  let current: Settings = { ...defaultSettings, ...changes };
  const settings = {
    current: () => current,
    unreadable: () => unreadable,
    update: (patch: Partial<Settings>) => (current = { ...current, ...patch }),
  };
  const egress = makeEgress({
    ledger: ledgerIn(store, outbox, Date.now()),
    allows: (origin) => book.allows(origin),
    certificatesFor: (origin) => book.certificatesFor(origin),
  });
  const collections = async () => listCollections(db);
  const envelope = makeEnvelope({
    gate: (context) => egress.gate(context),
    seals: egress.seals,
    decide,
    sanitizer: masksNothing,
    review: reviewsNothing,
    collections,
  });
  const tiers = makeTiers({
    store,
    outbox,
    book,
    settings,
    envelope,
    collections,
    now: Date.now,
    countQwenTokens: count,
    report: (_where, error) => {
      throw error;
    },
    retries: { tries, firstDelay: 0, longestDelay: 0, longestAsked: 0 },
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
    serve: (tier, signal) => tiers.serve(tier, signal),
    collections,
    decide,
    decideScope,
    moderator: notModerated,
    envelope,
    turns: makeTurnMemory(),
    words: textWords,
    passageLimit: () => 6,
    thinking: () => false,
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
  return { db, store, outbox, book, tiers, settings, egress, envelope, pipeline, stream };
}

export type TierParts = ReturnType<typeof makeTierParts>;
