import { joinChanges, type LibraryChange } from "../../core/contract/library-change.ts";
import { AppError, isCancel } from "../../core/contract/errors.ts";
import type { FileReader } from "../../core/rag/readers/reader.ts";
import { libraryRequests } from "../../core/compose/library-requests.ts";
import { openLibrary, type RunningLibrary } from "../../core/compose/open-library.ts";
import { isIndexingPaused, keepIndexingPaused } from "../../core/store/meta.ts";
import { throttle } from "./throttle.ts";
import type { WorkerSurface } from "./surface.ts";

export interface WorkerDeps {
  readonly makeReader: () => FileReader;
  readonly emit: <Name extends keyof WorkerSurface["events"]>(
    name: Name,
    payload: WorkerSurface["events"][Name],
  ) => void;
  readonly report: (where: string, error: unknown) => void;
}

/** Milliseconds between two words on progress. */
const progressInterval = 200;

/** Everything the worker answers; the library opens with the first call and stays open. */
export function makeWorkerRequests(deps: WorkerDeps): WorkerSurface["requests"] {
  let running: RunningLibrary | null = null;

  const progress = throttle(progressInterval, () => {
    if (running) deps.emit("library-progress", running.library.progress());
  });
  let untold: LibraryChange | null = null;
  const tellChange = throttle(progressInterval, () => {
    if (untold) deps.emit("library-changed", untold);
    untold = null;
  });
  const indexBuild = throttle(progressInterval, () => {
    running?.library.models.build().then(
      (build) => deps.emit("index-build", { build }),
      (error: unknown) => deps.report("model", error),
    );
  });
  const modelsChanged = throttle(progressInterval, () => {
    deps.emit("models-changed", undefined);
    indexBuild();
  });
  let ticking: NodeJS.Timeout | null = null;

  /** Rates move on without any row changing. */
  function tick(): void {
    progress();
    const isRunning = running?.library.progress().state === "running";
    if (isRunning) {
      if (running?.library.models.building) indexBuild();
      ticking ??= setInterval(tick, 500);
    } else if (ticking !== null) {
      clearInterval(ticking);
      ticking = null;
    }
  }

  function open(): RunningLibrary {
    if (!running) throw new AppError("vault-locked");
    return running;
  }
  const library = (): RunningLibrary["library"] => open().library;

  /** Resolves once the model is loaded, or is known to be missing: passages are cut by its measure. */
  let modelSettled: Promise<void> = Promise.resolve();

  async function loadModel(opened: RunningLibrary, modelId: string): Promise<void> {
    try {
      await opened.useModel(modelId, new AbortController().signal);
    } catch (error) {
      // Without its model the library still answers by words; the window says so.
      if (!(error instanceof AppError)) deps.report("model", error);
      deps.emit("models-changed", undefined);
    }
  }

  return {
    ...libraryRequests(open),
    "library.open": async (input) => {
      if (running) throw new Error("the library is open already");
      const opened = await openLibrary(input, deps.makeReader(), {
        changed: (change) => {
          untold = joinChanges(untold, change);
          tellChange();
          tick();
        },
        modelsChanged,
        failed: (error) => deps.report("library", error),
        diskFull: () => deps.emit("disk-full", undefined),
      });
      input.vault.key.fill(0);
      running = opened;
      // What the person and the battery asked for outlives the process it was asked of.
      if (isIndexingPaused(opened.db)) opened.library.pause();
      opened.library.holdVectors(input.areVectorsHeld);
      // While the window is already at work: the model, then what changed since the last time.
      modelSettled = loadModel(opened, input.embeddingModel);
      modelSettled
        .then(() => opened.library.scan(new AbortController().signal))
        .catch((error: unknown) => {
          if (!isCancel(error)) deps.report("scan", error);
        });
      const { generation, isRolledBack, areChangesLost } = opened;
      return { generation, isRolledBack, areChangesLost };
    },
    "library.close": async () => {
      const last = running;
      running = null;
      if (ticking !== null) clearInterval(ticking);
      await last?.close();
    },
    "library.add-paths": async ({ collectionId, paths }) => {
      await modelSettled;
      const { added } = await library().add(collectionId, paths);
      tick();
      return { added };
    },
    "library.hold-vectors": async ({ held }) => library().holdVectors(held),
    "library.path-of": async ({ fileId }) => library().file(fileId).path,
    "models.use-embedding": async ({ modelId }, signal) => {
      await open().useModel(modelId, signal);
      library().goOn();
      tick();
    },

    "collections.create": ({ name }) => library().createCollection(name),
    "collections.update": ({ id, ...change }) => library().updateCollection(id, change),
    "collections.remove": async ({ id }) => done(library().removeCollection(id)),
    "library.files": (query) => library().files(query),
    "library.file-rows": ({ ids }) => library().fileRows(ids),
    "library.progress": () => library().progress(),
    "library.pause": () => {
      library().pause();
      keepIndexingPaused(open().db, true);
      return undefined;
    },
    "library.resume": () => {
      keepIndexingPaused(open().db, false);
      library().resume();
      tick();
      return undefined;
    },
    "library.cancel": async () => {
      keepIndexingPaused(open().db, false);
      await library().cancel();
      return undefined;
    },
    "library.retry": async (which) => {
      await library().retry(which);
      tick();
      return undefined;
    },
    "library.remove-files": async ({ fileIds }) => done(library().removeFiles(fileIds)),
    "library.folders": () => library().folders(),
    "library.remove-folder": async ({ id, removeFiles }) => done(library().removeFolder(id, removeFiles)),
    "documents.get": ({ id }) => library().document(id),
    "documents.passages": ({ id, offset, limit }) => library().passages(id, offset, limit),
    "documents.locate": ({ id, start }) => ({ ordinal: library().locate(id, start) }),
    "documents.list": ({ fileId, offset, limit }) => library().documentsOfFile(fileId, offset, limit),
    "search.questions": () => library().questions.list(),
    "search.save-question": (question) => library().questions.save(question),
    "search.remove-question": ({ id }) => done(library().questions.remove(id)),
    "search.evaluate": ({ mode }, signal) => library().questions.evaluate(mode, signal),
    "suggestions.list": ({ offset, limit }) => library().suggestions.list(offset, limit),
    "suggestions.remove": ({ id }) => done(library().suggestions.remove(id)),
  };
}

/** The contract's "nothing". */
async function done(act: Promise<void> | void): Promise<undefined> {
  await act;
  return undefined;
}
