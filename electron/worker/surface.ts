import type { IndexProgress } from "../../core/contract/documents.ts";
import type { LibraryChange } from "../../core/contract/library-change.ts";
import type { IndexBuild } from "../../core/contract/models.ts";
import type { Handlers } from "../../core/contract/routes.ts";
import type { OpenLibrary } from "../../core/compose/open-library.ts";
import type { LibraryRequests } from "../../core/compose/library-requests.ts";

/** Routes of the window that main hands to the worker as they are. */
export const workerRoutes = [
  "collections.list",
  "collections.create",
  "collections.update",
  "collections.remove",
  "library.files",
  "library.file-rows",
  "library.progress",
  "library.pause",
  "library.resume",
  "library.cancel",
  "library.retry",
  "library.remove-files",
  "library.folders",
  "library.remove-folder",
  "documents.get",
  "documents.passages",
  "documents.locate",
  "documents.list",
  "search.run",
  "search.questions",
  "search.save-question",
  "search.remove-question",
  "search.evaluate",
  "suggestions.list",
  "suggestions.remove",
] as const;
export type WorkerRoute = (typeof workerRoutes)[number];

/** What the worker answers besides the window's own routes. */
type WorkerOwn = {
  "library.open": (
    input: OpenLibrary & { readonly areVectorsHeld: boolean },
    signal: AbortSignal,
  ) => Promise<{ generation: number; isRolledBack: boolean; areChangesLost: boolean }>;
  /** Lets go of the database, so that the process can end. */
  "library.close": (input: undefined, signal: AbortSignal) => Promise<void>;
  "library.add-paths": (
    input: { collectionId: number; paths: readonly string[] },
    signal: AbortSignal,
  ) => Promise<{ added: number }>;
  "library.path-of": (input: { fileId: number }, signal: AbortSignal) => Promise<string>;
  /** Leaves vectors for later (battery) or takes them up again; words go on. */
  "library.hold-vectors": (input: { held: boolean }, signal: AbortSignal) => Promise<void>;
};

export type WorkerSurface = {
  requests: Pick<Handlers, WorkerRoute> & WorkerOwn & LibraryRequests;
  streams: Record<string, never>;
  events: {
    "library-progress": IndexProgress;
    "library-changed": LibraryChange;
    "models-changed": undefined;
    /** The disk is full; what must be written has taken the room kept for it. */
    "disk-full": undefined;
    "index-build": { build: IndexBuild | null };
    /** A reader process is wanted; main forks one and posts its port back under this number. */
    "reader-wanted": { id: number };
    "reader-unwanted": { id: number };
  };
};

/** Main's answer to `reader-wanted`, posted beside the link with one port. */
export interface ReaderGiven {
  readonly kind: "reader";
  readonly id: number;
}

/** Main's word on a reader: resident memory in bytes now and then, and its end. */
export type ReaderNews =
  | { readonly kind: "reader-memory"; readonly id: number; readonly bytes: number }
  | { readonly kind: "reader-exit"; readonly id: number; readonly code: number };

/** Requests that change nothing: they are asked again when the worker died under them. */
export function isRepeatable(name: string): boolean {
  return repeatable.has(name);
}
const repeatable = new Set<string>([
  "collections.list",
  "library.files",
  "library.file-rows",
  "library.progress",
  "library.folders",
  "library.path-of",
  "library.hold-vectors",
  "search.similarities",
  "documents.get",
  "documents.passages",
  "documents.locate",
  "documents.list",
  "library.state",
  "search.run",
  "search.questions",
  "suggestions.list",
  "tiers.providers",
  "tiers.secrets",
  "tiers.sum-spend",
  "tiers.accepted",
  "tiers.training-files",
  "ledger.rows",
  "ledger.bytes",
]);
