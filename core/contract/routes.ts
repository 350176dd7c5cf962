import { z } from "zod";
import { appInfo, commandId, alert, vaultStatus } from "./app.ts";
import { tierRoutes } from "./tier-routes.ts";
import {
  collection,
  documentHead,
  fileState,
  id,
  indexProgress,
  libraryFile,
  passage,
  range,
  watchedFolder,
} from "./documents.ts";
import type { Failure } from "./errors.ts";
import { savedQuestion, savedSuggestion } from "./memory.ts";
import { downloadProgress, indexBuild, modelRow } from "./models.ts";
import { route, streamRoute } from "./route.ts";
import { searchMode, searchRequest, searchResult } from "./search.ts";
import { libraryChange, mostFilesNamed } from "./library-change.ts";
import { settings, settingsPatch } from "./settings.ts";
import { suggestEvent, suggestRequest } from "./suggest.ts";
import { reach } from "./tiers.ts";

const nothing = z.undefined();

/** Every request the window can make. Use cases with ids, never paths or system calls. */
export const routes = {
  "app.info": route(nothing, appInfo),
  /** Asks the person with the whole address first; https only. */
  "app.open-external": route(
    z.strictObject({ url: z.string().max(2000) }),
    z.strictObject({ opened: z.boolean() }),
  ),
  "app.copy-text": route(z.strictObject({ text: z.string().max(1_000_000) }), nothing),

  "settings.get": route(nothing, settings),
  "settings.update": route(settingsPatch, settings),
  /** Keys whose stored value cannot be read; their default stands in. */
  "settings.unreadable": route(nothing, z.array(z.string())),

  "vault.status": route(nothing, vaultStatus),
  /** Agrees to a key in a file, after the screen explained it. Refused where a keyring exists. */
  "vault.use-development-key": route(nothing, vaultStatus),
  "vault.retry": route(nothing, vaultStatus),

  "alerts.list": route(nothing, z.array(alert)),
  "alerts.dismiss": route(alert.pick({ kind: true }), nothing),

  "collections.list": route(nothing, z.array(collection)),
  "collections.create": route(z.strictObject({ name: z.string().trim().min(1).max(200) }), collection),
  "collections.update": route(
    z.strictObject({ id, name: z.string().trim().min(1).max(200).optional(), reach: reach.optional() }),
    collection,
  ),
  "collections.remove": route(z.strictObject({ id }), nothing),

  /** Opens the system's dialog; counts what was taken. */
  "library.add-files": route(z.strictObject({ collectionId: id }), z.strictObject({ added: z.number() })),
  "library.add-folder": route(z.strictObject({ collectionId: id }), z.strictObject({ added: z.number() })),
  /** The preload turns dropped File objects into paths; the page never sees one. */
  "library.add-dropped": route(
    z.strictObject({ collectionId: id, files: z.array(z.string()).min(1).max(10_000) }),
    z.strictObject({ added: z.number() }),
  ),
  "library.add-sample": route(nothing, z.strictObject({ collectionId: id, added: z.number() })),
  "library.files": route(
    z.strictObject({
      collectionId: id.optional(),
      state: fileState.optional(),
      /** Part of a name. */
      filter: z.string().max(200).default(""),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    z.strictObject({ files: z.array(libraryFile), total: z.number() }),
  ),
  /** These rows as they are now; those that are gone are left out. */
  "library.file-rows": route(
    z.strictObject({ ids: z.array(id).min(1).max(mostFilesNamed) }),
    z.array(libraryFile),
  ),
  "library.progress": route(nothing, indexProgress),
  "library.pause": route(nothing, nothing),
  "library.resume": route(nothing, nothing),
  /** Stops what is under way; waiting files stay on the list as left out, finished ones stay as they are. */
  "library.cancel": route(nothing, nothing),
  /** Reads files anew: these, or all of a state in a collection (left out: in all of them). */
  "library.retry": route(
    z.union([
      z.strictObject({ fileIds: z.array(id).min(1).max(10_000) }),
      z.strictObject({ state: z.enum(["failed", "left-out"]), collectionId: id.optional() }),
    ]),
    nothing,
  ),
  "library.remove-files": route(z.strictObject({ fileIds: z.array(id).min(1).max(10_000) }), nothing),
  "library.folders": route(nothing, z.array(watchedFolder)),
  "library.remove-folder": route(z.strictObject({ id, removeFiles: z.boolean() }), nothing),
  /** Shows the file in the system's file manager. */
  "library.reveal": route(z.strictObject({ fileId: id }), nothing),

  "documents.get": route(z.strictObject({ id }), documentHead),
  "documents.passages": route(
    z.strictObject({ id, offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(500) }),
    z.array(passage),
  ),
  /** The passage index at or after a character offset: where to scroll to. */
  "documents.locate": route(
    z.strictObject({ id, start: z.number().int().nonnegative() }),
    z.strictObject({ ordinal: z.number().int().nonnegative() }),
  ),
  "documents.list": route(
    z.strictObject({
      fileId: id,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    z.array(documentHead),
  ),

  "search.run": route(searchRequest, searchResult),
  "search.questions": route(nothing, z.array(savedQuestion)),
  "search.save-question": route(
    z.strictObject({
      question: z.string().min(1).max(2000),
      relevant: z.array(z.strictObject({ documentId: id, ...range.shape })).max(100),
    }),
    savedQuestion,
  ),
  "search.remove-question": route(z.strictObject({ id }), nothing),
  /** Runs every saved question and stores its recall@10. */
  "search.evaluate": route(z.strictObject({ mode: searchMode.default("hybrid") }), z.array(savedQuestion)),

  "models.list": route(nothing, z.array(modelRow)),
  "models.import": route(
    z.strictObject({ modelId: z.string().optional() }),
    z.strictObject({ modelId: z.string().nullable() }),
  ),
  "models.remove": route(z.strictObject({ modelId: z.string() }), nothing),
  /** For embedding: builds the new index beside the old one and switches when it is whole. */
  "models.use": route(
    z.strictObject({ modelId: z.string().nullable(), kind: z.enum(["embedding", "generation"]) }),
    nothing,
  ),

  "suggestions.list": route(
    z.strictObject({ offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(200) }),
    z.array(savedSuggestion),
  ),
  "suggestions.save": route(
    z.strictObject({
      requestId: z.string(),
      intent: savedSuggestion.shape.intent,
      request: z.string(),
      text: z.string(),
      accepted: z.boolean(),
      rating: savedSuggestion.shape.rating,
    }),
    savedSuggestion,
  ),
  "suggestions.remove": route(z.strictObject({ id }), nothing),

  ...tierRoutes,
};

/** Every stream the window can open. */
export const streams = {
  suggest: streamRoute(suggestRequest, suggestEvent),
  "models.download": streamRoute(z.strictObject({ modelId: z.string() }), downloadProgress),
};

/** Everything main tells the window unasked. */
export const events = {
  "library-progress": indexProgress,
  "library-changed": libraryChange,
  /** Models came, went or changed their use: ask again. */
  "models-changed": nothing,
  /** How far the index for another model is; null: none is being built. */
  "index-build": z.strictObject({ build: indexBuild.nullable() }),
  "settings-changed": settings,
  "vault-changed": vaultStatus,
  "alerts-changed": z.array(alert),
  /** The worker died and is back; what was running was taken up again. */
  "worker-restarted": nothing,
  "command-invoked": z.strictObject({ command: commandId }),
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteInput<Name extends RouteName> = z.input<Routes[Name]["input"]>;
export type RouteParsed<Name extends RouteName> = z.output<Routes[Name]["input"]>;
export type RouteOutput<Name extends RouteName> = z.output<Routes[Name]["output"]>;
export type Streams = typeof streams;
export type StreamName = keyof Streams;
export type StreamInput<Name extends StreamName> = z.input<Streams[Name]["input"]>;
export type StreamParsed<Name extends StreamName> = z.output<Streams[Name]["input"]>;
export type StreamEvent<Name extends StreamName> = z.output<Streams[Name]["event"]>;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = z.output<Events[Name]>;

/** Handlers of all routes: leaving one out does not compile. */
export type Handlers = {
  [Name in RouteName]: (
    input: RouteParsed<Name>,
    signal: AbortSignal,
  ) => Promise<RouteOutput<Name>> | RouteOutput<Name>;
};
export type StreamHandlers = {
  [Name in StreamName]: (input: StreamParsed<Name>, signal: AbortSignal) => AsyncIterable<StreamEvent<Name>>;
};

/** What a request comes back as; the router never throws across processes. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/** The three functions the preload gives the page, as `window.qwill`. */
export interface Bridge {
  request(route: string, input: unknown): Promise<Reply<unknown>>;
  /** Calls `onEvent` for each event, then `onEnd` once; the returned function cancels. */
  stream(
    route: string,
    input: unknown,
    onEvent: (event: unknown) => void,
    onEnd: (failure: Failure | null) => void,
  ): () => void;
  /** Returns the function that unsubscribes. */
  on(event: string, listener: (payload: unknown) => void): () => void;
}
