import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Handlers } from "../contract/routes.ts";
import type { LiveSettings } from "../contract/settings.ts";
import { isModelOrigin } from "../models/download.ts";
import { makeModels, type Models, type ModelsOptions } from "../models/models.ts";
import { EXTRACTIVE_MODEL, makeQuotingEngine } from "../providers/extractive/quoting-engine.ts";
import type { Provider } from "../providers/provider.ts";
import { textWords } from "../rag/search/words/text-words.ts";
import type { CountQwenTokens } from "../providers/tokens/count-tokens.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";
import { decide } from "../safety/decision.ts";
import { makeEnvelope } from "../safety/envelope/envelope.ts";
import { makeEgress, type EgressOptions } from "../safety/gate/egress.ts";
import type { GateContext, GateFetch } from "../safety/gate/gate.ts";
import { notModerated } from "../safety/moderator.ts";
import { reviewsNothing } from "../safety/review.ts";
import { masksNothing } from "../safety/sanitizer.ts";
import { decideScope } from "../safety/scope.ts";
import type { ServedTier, SuggestDependencies } from "../suggest/dependencies.ts";
import { makeTurnMemory } from "../suggest/turn-memory.ts";
import { estimate } from "./estimate.ts";
import { realClock } from "../providers/wire/retry.ts";
import { makeLedgerAge, type LedgerAge } from "../tiers/ledger-age.ts";
import { makeOutbox } from "../tiers/outbox.ts";
import { makeProviderBook } from "../tiers/provider-book.ts";
import { ledgerIn, type TierStore } from "../tiers/tier-store.ts";
import { makeTiers, type Tiers } from "../tiers/tiers.ts";
import { inTurn } from "./in-turn.ts";
import type { LibraryAccess } from "./library-requests.ts";
import { makeUnderWay, rowsUnderWay, type UnderWay } from "./under-way.ts";

/** A language model's file on this device, to be loaded. */
export interface GenerationModel {
  readonly modelId: string;
  readonly path: string;
  /** 0: as many as there are cores. */
  readonly threads: number;
}

/** What differs between the window and the command; everything else is the same for both. */
export interface QwillParts {
  readonly library: LibraryAccess;
  readonly settings: LiveSettings;
  /** Folders that may hold models, looked at in order; the first is the one that is written to. */
  readonly modelFolders: ModelsOptions["folders"];
  /** Where models are downloaded from. */
  readonly modelHub: string;
  readonly modelsChanged: () => void;
  /** Loads a language model, or gives the one that is loaded. Rejects with model-… or memory-too-small. */
  readonly loadModel: (model: GenerationModel, signal: AbortSignal) => Promise<Provider>;
  /** Gives back what `loadModel` loaded, if anything; the next call loads anew. */
  readonly unloadModel: () => Promise<void>;
  /** A model file that takes the place of the chosen model; left out: what the settings choose. */
  readonly modelFile?: Pick<GenerationModel, "modelId" | "path">;
  /** Called before every call out: a process that may not connect is opened here. */
  readonly beforeSending?: () => void;
  /** Where tokens are counted: not on a thread that a window waits for. */
  readonly countQwenTokens: CountQwenTokens;
  readonly testNetwork?: EgressOptions["testNetwork"];
  readonly report: (where: string, error: unknown) => void;
}

/** Qwill without a window: what the window's handlers and the commands work with. */
export interface Qwill {
  readonly tiers: Tiers;
  readonly models: Models;
  readonly store: TierStore;
  readonly suggest: SuggestDependencies;
  /** Tokens and cost of a request before it is sent; nothing leaves. */
  readonly estimate: Handlers["costs.estimate"];
  /** Keeps a suggestion with what it was written from, as it is known here. */
  readonly saveSuggestion: Handlers["suggestions.save"];
  readonly ledgerAge: Pick<LedgerAge, "apply">;
  /** Ends what is under way beyond this device; the library is closed after it by whoever opened it. */
  close(): Promise<void>;
}

/** Puts Qwill together by hand: the one place that names implementations, for the window and for the command. */
export function composeQwill(parts: QwillParts): Qwill {
  const { library, settings } = parts;
  const store: TierStore = { request: (name, input, signal) => library.request(name, input, signal) };
  const outbox = makeOutbox({ store, clock: realClock, report: parts.report });
  const ledgerAge = makeLedgerAge({ outbox, settings, clock: realClock, now: Date.now });
  const book = makeProviderBook(store);
  const underWay = makeUnderWay(realClock.sleep);
  const egress = makeEgress({
    ledger: rowsUnderWay(ledgerIn(store, outbox, Date.now()), underWay),
    certificatesFor: (origin) => book.certificatesFor(origin),
    allows: (origin, { purpose }) =>
      purpose === "model-download" ? isModelOrigin(origin, parts.modelHub) : book.allows(origin),
    ...(parts.testNetwork && { testNetwork: parts.testNetwork }),
  });
  const gate =
    (context: GateContext): GateFetch =>
    (address, request, signal) => {
      parts.beforeSending?.();
      return egress.gate(context)(address, request, underWay.until(signal));
    };
  const collections = (signal: AbortSignal) => library.request("collections.list", undefined, signal);
  // Masking and review take their places here, for everything that leaves.
  const envelope = makeEnvelope({
    gate,
    seals: egress.seals,
    decide,
    sanitizer: masksNothing,
    review: reviewsNothing,
    collections,
  });
  const turns = makeTurnMemory();
  const tiers = untilBooked(
    makeTiers({
      store,
      outbox,
      book,
      envelope,
      collections,
      settings,
      now: Date.now,
      countQwenTokens: parts.countQwenTokens,
      report: parts.report,
    }),
    underWay,
  );
  const models = makeModels({
    folders: parts.modelFolders,
    hub: parts.modelHub,
    fetch: (modelId) =>
      envelope.fetchWithoutText({ requestId: `model-${modelId}`, purpose: "model-download", tier: null }),
    settings,
    searchModel: {
      use: (modelId, signal) => library.request("models.use-embedding", { modelId }, signal),
      inUse: async (signal) => {
        const { activeModelId, build } = await library.request("library.state", undefined, signal);
        return [activeModelId, build?.modelId ?? null].filter((one) => one !== null);
      },
    },
    unloadLanguageModel: parts.unloadModel,
    changed: parts.modelsChanged,
  });
  const quotes: ServedTier = {
    engine: "quotes",
    quotes: makeQuotingEngine({
      words: textWords,
      similarity: (question, sentences, signal) =>
        library.request("search.similarities", { question, sentences }, signal),
    }),
  };

  /** What writes on this device: the chosen language model, else quotes. */
  async function serveLocally(signal: AbortSignal): Promise<ServedTier> {
    const { generationModel, threads } = settings.current();
    const modelId = parts.modelFile?.modelId ?? generationModel;
    if (modelId === null || modelId === EXTRACTIVE_MODEL) return quotes;
    const path = parts.modelFile?.path ?? (await models.generationFile(modelId, signal));
    const provider = await parts.loadModel({ modelId, path, threads }, signal);
    return { engine: "model", provider, model: modelId, countTokens: estimateTokens };
  }

  const suggest: SuggestDependencies = {
    retriever: { search: (request, signal) => library.request("search.run", request, signal) },
    serve: (tier, signal) => (tier === "local" ? serveLocally(signal) : tiers.serve(tier, signal)),
    collections,
    decide,
    decideScope,
    moderator: notModerated,
    envelope,
    turns,
    words: textWords,
    passageLimit: () => settings.current().passageLimit,
    thinking: () => settings.current().thinking,
    randomBytes: () => new Uint8Array(randomBytes(12)),
    now: () => performance.now(),
    onBug: (error) => parts.report("suggest", error),
  };

  return {
    tiers,
    models,
    store,
    suggest,
    estimate: (request, signal) => estimate(request, tiers, suggest, signal),
    saveSuggestion: (given, signal) => {
      const { provenance } = turns.recall(given.requestId, given.text);
      return library.request("suggestions.keep", { ...given, ...provenance }, signal);
    },
    ledgerAge,
    close: async () => {
      await inTurn(
        () => ledgerAge.close(),
        () => underWay.close(),
        () => egress.close(),
        async () => {
          if (!(await outbox.close())) parts.report("outbox", new Error("some calls could not be booked"));
        },
      );
    },
  };
}

/** The same tiers; what they book is under way until it was booked, not only until its call has ended. */
function untilBooked(tiers: Tiers, underWay: UnderWay): Tiers {
  return {
    ...tiers,
    fineTuning: {
      ...tiers.fineTuning,
      start: (choice, signal) => underWay.run((stop) => tiers.fineTuning.start(choice, stop), signal),
    },
    serve: async (tier, signal) => {
      const served = await tiers.serve(tier, signal);
      const { provider } = served;
      return {
        ...served,
        provider: {
          ...provider,
          stream: (call, given, booked) =>
            underWay.stream((stop) => provider.stream(call, stop, booked), given),
        },
      };
    },
  };
}
