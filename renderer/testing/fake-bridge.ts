import type { Alert, VaultStatus } from "../../core/contract/app.ts";
import { toFailure } from "../../core/contract/errors.ts";
import type { SavedQuestion, SavedSuggestion } from "../../core/contract/memory.ts";
import type { ModelRow } from "../../core/contract/models.ts";
import { AppError } from "../../core/contract/errors.ts";
import {
  events,
  routes,
  streams,
  type Bridge,
  type EventName,
  type EventPayload,
  type Handlers,
  type StreamHandlers,
} from "../../core/contract/routes.ts";
import { defaultSettings } from "../../core/contract/default-settings.ts";
import type { Settings } from "../../core/contract/settings.ts";
import { FakeCloud, type CloudKind } from "./fake-cloud.ts";
import { fakeDocuments } from "./fake-documents.ts";
import { FakeLibrary } from "./fake-library.ts";
import { suggestFrom } from "./fake-suggestions.ts";
import { wait } from "./wait.ts";

export interface FakeOptions {
  readonly settings?: Partial<Settings>;
  readonly vault?: VaultStatus;
  readonly alerts?: readonly Alert[];
  /** `sample`: a handful of documents; `large`: thousands, some waiting and some failed. */
  readonly library?: "empty" | "sample" | "large";
  /** Milliseconds between two steps of anything that takes time. */
  readonly pace?: number;
  readonly systemLanguage?: "en" | "zh-CN";
  /** How many passages of the index for another model are done; null: none is being built. */
  readonly build?: number | null;
  /** Providers, spend and ledger to begin with. */
  readonly cloud?: CloudKind;
  /** How many accepted suggestions there are to begin with. */
  readonly accepted?: number;
}

const onlyCounts = { files: [], lists: false };
const newLists = { files: [], lists: true };

/** The bridge of the preload over an in-memory application. Parses everything as the router does. */
export function makeFakeBridge(options: FakeOptions = {}): Bridge {
  const library = new FakeLibrary();
  const pace = options.pace ?? 20;
  let settings: Settings = { ...defaultSettings, firstRunDone: true, ...options.settings };
  let alerts: Alert[] = [...(options.alerts ?? [])];
  let vault: VaultStatus = options.vault ?? { state: "open", protection: "os-keyring" };
  let models = fakeModels();
  let suggestions: SavedSuggestion[] = fakeAccepted(options.accepted ?? 0);
  let questions: SavedQuestion[] = [];
  const cloud = new FakeCloud(options.cloud ?? "none", {
    suggestions: () => suggestions,
    localModel: () => settings.generationModel,
  });
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let working: ReturnType<typeof setTimeout> | undefined;

  function tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const parsed: unknown = events[name].parse(payload);
    for (const listener of listeners.get(name) ?? []) listener(structuredClone(parsed));
  }

  function step(): void {
    working = undefined;
    const file = library.work();
    tell("library-progress", library.progress());
    tell("library-changed", { files: file ? [file.id] : [], lists: false });
    if (file) startWork();
  }
  function startWork(): void {
    working ??= setTimeout(step, pace * 8);
  }

  function fill(kind: FakeOptions["library"]): void {
    if (kind === "empty" || kind === undefined) return;
    const own = library.addCollection(settings.language === "zh-CN" ? "我的文件" : "My documents");
    for (const document of fakeDocuments) library.addFile(own.id, document, "ready");
    if (options.cloud === "set-up") own.reach = "cloud";
    if (kind === "sample") return;
    library.addFailed(own.id);
    const archive = library.addCollection(settings.language === "zh-CN" ? "项目档案" : "Project archive");
    for (let number = 1; number <= 2400; number += 1) {
      const name = `Meeting notes ${String(number).padStart(4, "0")}.md`;
      library.addFile(
        number % 3 === 0 ? own.id : archive.id,
        { name, title: name, format: "md", sections: fakeDocuments[2]?.sections ?? [] },
        number < 1700 ? "ready" : "waiting",
      );
    }
    library.folders.push(
      {
        id: library.nextId(),
        collectionId: own.id,
        path: "/home/mara/Documents",
        files: 806,
        reachable: true,
      },
      {
        id: library.nextId(),
        collectionId: archive.id,
        path: "/media/archive/Projects",
        files: 1600,
        reachable: false,
      },
    );
    startWork();
  }
  fill(options.library ?? "sample");

  function add(collectionId: number, documents = fakeDocuments): { added: number } {
    for (const document of documents) library.addFile(collectionId, document, "waiting");
    tell("library-changed", newLists);
    startWork();
    return { added: documents.length };
  }
  function findModel(modelId: string): ModelRow {
    const model = models.find(({ id }) => id === modelId);
    if (!model) throw new AppError("model-missing");
    return model;
  }

  const handlers: Handlers = {
    "app.info": () => ({
      version: "0.1.0",
      electron: "33.2.1",
      chrome: "130.0.6723.137",
      node: "20.18.1",
      platform: "linux",
      testRuntime: true,
      language: options.systemLanguage ?? "en",
      dataFolder: "/home/mara/.config/Qwill",
    }),
    "app.open-external": () => ({ opened: true }),
    "app.copy-text": () => undefined,
    "settings.get": () => settings,
    "settings.unreadable": () => [],
    "settings.update": (patch) => {
      settings = { ...settings, ...patch };
      tell("settings-changed", settings);
      return settings;
    },
    "vault.status": () => vault,
    "vault.use-development-key": () => {
      vault = { state: "open", protection: "development" };
      tell("vault-changed", vault);
      return vault;
    },
    "vault.retry": () => vault,
    "alerts.list": () => alerts,
    "alerts.dismiss": ({ kind }) => {
      alerts = alerts.filter((one) => one.kind !== kind);
      tell("alerts-changed", alerts);
      return undefined;
    },
    "collections.list": () => library.collections,
    "collections.create": ({ name }) => {
      const made = library.addCollection(name);
      tell("library-changed", onlyCounts);
      return made;
    },
    "collections.update": ({ id, name, reach }) => {
      const found = library.collections.find((collection) => collection.id === id);
      if (!found) throw new AppError("not-found");
      if (name !== undefined) found.name = name;
      if (reach !== undefined) found.reach = reach;
      tell("library-changed", onlyCounts);
      return found;
    },
    "collections.remove": ({ id }) => {
      library.removeFiles(
        library.files.filter(({ collectionId }) => collectionId === id).map((file) => file.id),
      );
      library.collections = library.collections.filter((collection) => collection.id !== id);
      tell("library-changed", newLists);
    },
    "library.add-files": ({ collectionId }) => add(collectionId, fakeDocuments.slice(0, 2)),
    "library.add-folder": ({ collectionId }) => {
      library.folders.push({
        id: library.nextId(),
        collectionId,
        path: "/home/mara/Documents",
        files: fakeDocuments.length,
        reachable: true,
      });
      return add(collectionId);
    },
    "library.add-dropped": ({ collectionId }) => add(collectionId, fakeDocuments.slice(0, 3)),
    "library.add-sample": () => {
      const sample = library.addCollection(settings.language === "zh-CN" ? "示例文库" : "Sample library");
      return { collectionId: sample.id, ...add(sample.id) };
    },
    "library.files": ({ collectionId, state, filter, offset, limit }) => {
      const found = library.files.filter(
        (file) =>
          (collectionId === undefined || file.collectionId === collectionId) &&
          (state === undefined || file.state === state) &&
          file.name.toLowerCase().includes(filter.toLowerCase()),
      );
      return { files: found.slice(offset, offset + limit), total: found.length };
    },
    "library.file-rows": ({ ids }) => library.files.filter(({ id }) => ids.includes(id)),
    "library.progress": () => library.progress(),
    "library.pause": () => {
      library.paused = true;
      tell("library-progress", library.progress());
    },
    "library.resume": () => {
      library.paused = false;
      startWork();
      tell("library-progress", library.progress());
    },
    "library.cancel": () => {
      library.cancel();
      tell("library-progress", library.progress());
      tell("library-changed", newLists);
    },
    "library.retry": (which) => {
      library.retry(which);
      tell("library-changed", newLists);
      startWork();
    },
    "library.remove-files": ({ fileIds }) => {
      library.removeFiles(fileIds);
      tell("library-changed", newLists);
    },
    "library.folders": () => library.folders,
    "library.remove-folder": ({ id }) => {
      library.folders = library.folders.filter((folder) => folder.id !== id);
      tell("library-changed", newLists);
    },
    "library.reveal": () => undefined,
    "documents.get": ({ id }) => library.document(id),
    "documents.passages": ({ id, offset, limit }) =>
      library.passages.filter(({ documentId }) => documentId === id).slice(offset, offset + limit),
    "documents.locate": ({ id, start }) => ({
      ordinal:
        library.passages.find((passage) => passage.documentId === id && passage.end > start)?.ordinal ?? 0,
    }),
    "documents.list": ({ fileId, offset, limit }) =>
      library.documents.filter((document) => document.fileId === fileId).slice(offset, offset + limit),
    "search.run": ({ question, k, mode, collections }) => ({
      hits: library.search(question, collections, k, mode),
      mode,
      notices: [],
      milliseconds: {
        embed: mode === "words" ? 0 : 6.2,
        vectors: mode === "words" ? 0 : 1.4,
        words: mode === "vectors" ? 0 : 0.9,
        fuse: 0.2,
        total: 8.7,
      },
    }),
    "search.questions": () => questions,
    "search.save-question": ({ question, relevant }) => {
      const saved: SavedQuestion = { id: library.nextId(), question, relevant, recall: null };
      questions = [...questions, saved];
      return saved;
    },
    "search.remove-question": ({ id }) => {
      questions = questions.filter((question) => question.id !== id);
    },
    "search.evaluate": ({ mode }) => {
      questions = questions.map((row) => {
        const hits = library.search(row.question, [], 10, mode);
        const found = row.relevant.filter((right) =>
          hits.some(
            (hit) => hit.documentId === right.documentId && hit.start <= right.start && hit.end >= right.end,
          ),
        );
        return { ...row, recall: row.relevant.length === 0 ? null : found.length / row.relevant.length };
      });
      return questions;
    },
    "models.list": () => models,
    "models.import": () => ({ modelId: null }),
    "models.remove": ({ modelId }) => {
      findModel(modelId);
      models = models.map((model) =>
        model.id === modelId ? { ...model, state: "missing", active: false } : model,
      );
      tell("models-changed", undefined);
    },
    "models.use": ({ modelId, kind }) => {
      models = models.map((model) =>
        model.kind === kind ? { ...model, active: model.id === modelId } : model,
      );
      tell("models-changed", undefined);
      tell("index-build", {
        build:
          kind === "embedding" && modelId ? { modelId, embedded: 1, total: library.passages.length } : null,
      });
    },
    "suggestions.list": ({ offset, limit }) => suggestions.slice(offset, offset + limit),
    "suggestions.save": (input) => {
      const old = suggestions.find(({ requestId }) => requestId === input.requestId);
      const saved: SavedSuggestion = {
        id: old?.id ?? library.nextId(),
        createdAt: Date.now(),
        collections: [],
        reach: "cloud",
        ...input,
      };
      suggestions = [saved, ...suggestions.filter(({ id }) => id !== saved.id)];
      return saved;
    },
    "suggestions.remove": ({ id }) => {
      suggestions = suggestions.filter((suggestion) => suggestion.id !== id);
    },
    ...cloud.handlers(),
  };

  const streamHandlers: StreamHandlers = {
    suggest: (request, signal) => {
      const status = cloud.statuses().find(({ tier }) => tier === request.tier);
      return suggestFrom({ library, settings, status }, request, pace, signal);
    },
    async *"models.download"({ modelId }, signal) {
      const { bytes } = findModel(modelId);
      for (let part = 1; part <= 20; part += 1) {
        await wait(pace * 10, signal);
        yield {
          modelId,
          receivedBytes: Math.round((bytes * part) / 20),
          totalBytes: bytes,
          bytesPerSecond: 11_400_000,
          secondsLeft: (20 - part) * 4,
        };
      }
      models = models.map((model) => (model.id === modelId ? { ...model, state: "installed" } : model));
      tell("models-changed", undefined);
    },
  };

  if (options.build != null) {
    const build = { modelId: "multilingual-e5-small", embedded: options.build, total: 7_208 };
    setTimeout(() => tell("index-build", { build }), 300);
  }

  return {
    async request(route, input) {
      try {
        const schema = Object.hasOwn(routes, route) ? routes[route as keyof typeof routes] : undefined;
        if (!schema) return { ok: false, failure: { code: "bad-request" } };
        // Dropped files are File objects here; the preload would have made them paths.
        const given = route === "library.add-dropped" ? { ...(input as object), files: ["/dropped"] } : input;
        const handler = handlers[route as keyof Handlers] as (input: unknown) => unknown;
        await wait(pace / 4);
        const value = await handler(schema.input.parse(given));
        return { ok: true, value: structuredClone(schema.output.parse(value)) };
      } catch (error) {
        if (!(error instanceof AppError)) console.error(route, error);
        return { ok: false, failure: toFailure(error) };
      }
    },
    stream(route, input, onEvent, onEnd) {
      const controller = new AbortController();
      const name = route as keyof StreamHandlers;
      const run = async () => {
        const handler = streamHandlers[name] as (
          input: unknown,
          signal: AbortSignal,
        ) => AsyncIterable<unknown>;
        try {
          for await (const event of handler(streams[name].input.parse(input), controller.signal)) {
            if (controller.signal.aborted) return;
            onEvent(structuredClone(streams[name].event.parse(event)));
          }
          onEnd(null);
        } catch (error) {
          if (!(error instanceof AppError)) console.error(route, error);
          onEnd(toFailure(error));
        }
      };
      void run();
      return () => controller.abort();
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  };
}

function fakeAccepted(count: number): SavedSuggestion[] {
  return Array.from({ length: count }, (_, index) => {
    const document = fakeDocuments[index % fakeDocuments.length];
    return {
      id: 900 + index,
      requestId: `accepted-${index}`,
      intent: "draft" as const,
      request: `Write a short note about ${document?.title ?? "this"}`,
      text: document?.sections[0]?.text ?? "",
      createdAt: 1_790_000_000_000 + index * 3_600_000,
      accepted: true,
      rating: 1 as const,
      collections: [],
      reach: "cloud" as const,
    };
  });
}

function fakeModels(): ModelRow[] {
  const base = {
    languages: ["*"],
    imported: false,
    fits: true,
    active: false,
    state: "missing" as const,
    licence: "Apache-2.0",
  };
  return [
    {
      ...base,
      id: "all-MiniLM-L6-v2",
      kind: "embedding",
      name: "all-MiniLM-L6-v2",
      languages: ["en"],
      bytes: 23_000_000,
      memory: 140,
      dimension: 384,
      longestInput: 256,
      state: "installed",
      active: true,
    },
    {
      ...base,
      id: "multilingual-e5-small",
      kind: "embedding",
      name: "multilingual-e5-small",
      licence: "MIT",
      bytes: 118_000_000,
      memory: 420,
      dimension: 384,
      longestInput: 512,
    },
    {
      ...base,
      id: "Qwen3-Embedding-0.6B",
      kind: "embedding",
      name: "Qwen3 Embedding 0.6B",
      bytes: 614_000_000,
      memory: 1_500,
      dimension: 1024,
      longestInput: 8192,
    },
    {
      ...base,
      id: "qwen3-0.6b",
      kind: "generation",
      name: "Qwen3 0.6B",
      bytes: 639_000_000,
      memory: 1_100,
      dimension: null,
      longestInput: 32_768,
    },
    {
      ...base,
      id: "qwen3-1.7b",
      kind: "generation",
      name: "Qwen3 1.7B",
      bytes: 1_830_000_000,
      memory: 2_600,
      dimension: null,
      longestInput: 32_768,
    },
    {
      ...base,
      id: "qwen3-4b",
      kind: "generation",
      name: "Qwen3 4B",
      bytes: 2_500_000_000,
      memory: 4_300,
      dimension: null,
      longestInput: 32_768,
    },
    {
      ...base,
      id: "qwen3-8b",
      kind: "generation",
      name: "Qwen3 8B",
      bytes: 5_030_000_000,
      memory: 7_400,
      dimension: null,
      longestInput: 32_768,
      fits: false,
    },
  ];
}
