import type { SavedSuggestion } from "../contract/memory.ts";
import type { IndexBuild } from "../contract/models.ts";
import type { Handlers } from "../contract/routes.ts";
import { similarities } from "../rag/search/similarities.ts";
import type { Vault } from "../store/vault.ts";
import { askLocally } from "../tiers/local-requests.ts";
import { storeRequests, type StoreRequests } from "../tiers/store-requests.ts";
import type { RunningLibrary } from "./open-library.ts";

/** How the library stands. */
export interface LibraryState {
  readonly protection: Vault["protection"];
  /** The embedding model in use; null where none is installed. */
  readonly activeModelId: string | null;
  readonly build: IndexBuild | null;
}

/** What the rest of Qwill asks of an open library: the same requests to its process and to one in this process. */
export type LibraryRequests = StoreRequests &
  Pick<Handlers, "collections.list" | "search.run"> & {
    "library.state": (input: undefined, signal: AbortSignal) => Promise<LibraryState>;
    /** Cosine of each sentence to the question; null where no model is loaded or it does not know the language. */
    "search.similarities": (
      input: { question: string; sentences: readonly string[] },
      signal: AbortSignal,
    ) => Promise<number[] | null>;
    /** Keeps a suggestion; the window cannot say where it comes from. */
    "suggestions.keep": (
      input: Omit<SavedSuggestion, "id" | "createdAt">,
      signal: AbortSignal,
    ) => Promise<SavedSuggestion>;
    /** Builds the index of another embedding model beside the one in use and switches when it is whole. */
    "models.use-embedding": (input: { modelId: string }, signal: AbortSignal) => Promise<void>;
  };

/** A way to ask a library, wherever it runs. */
export interface LibraryAccess {
  request<Name extends keyof LibraryRequests>(
    name: Name,
    input: Parameters<LibraryRequests[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<LibraryRequests[Name]>>>;
}

/** The requests over a library of this process. */
export function libraryRequests(running: () => RunningLibrary): LibraryRequests {
  const library = () => running().library;
  return {
    ...storeRequests(() => running().db),
    "library.state": async () => ({
      protection: running().protection,
      activeModelId: library().models.active?.embedder.modelId ?? null,
      build: await library().models.build(),
    }),
    "collections.list": () => library().listCollections(),
    "search.run": (request, signal) => library().retriever.search(request, signal),
    "search.similarities": async ({ question, sentences }, signal) => {
      const embedder = library().models.active?.embedder;
      return embedder && sentences.length > 0 ? similarities(embedder, question, sentences, signal) : null;
    },
    "suggestions.keep": async (suggestion) => library().suggestions.save(suggestion),
    "models.use-embedding": ({ modelId }, signal) => running().useModel(modelId, signal),
  };
}

/** A library of this process behind the same door as one of another process. */
export function accessTo(running: RunningLibrary): LibraryAccess {
  return { request: askLocally(libraryRequests(() => running)) };
}
