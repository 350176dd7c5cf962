import type { IndexProgress } from "../../contract/documents.ts";
import { joinChanges, type LibraryChange } from "../../contract/library-change.ts";
import { AppError, isCancel, toFailure } from "../../contract/errors.ts";
import { getFile, type FileRow } from "../../store/files.ts";
import { countFiles } from "../../store/file-counts.ts";
import { leaveOutWaiting, prioritise, waitingFiles } from "../../store/file-queue.ts";
import { makeGroupCommit } from "../../store/group-commit.ts";
import { toStoreError } from "../../store/store-error.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { otherWork } from "../index/other-work.ts";
import { makeRateMeter, nothingDone, progressOf } from "./indexer-progress.ts";
import { readIntoStore, type FileDone, type ReadDeps } from "./indexer-read.ts";
import { makeVectorWork, type IndexedModel, type VectorStep, type VectorWork } from "./indexer-vectors.ts";
import type { RecutFile } from "./recut.ts";

export interface IndexerDeps extends Omit<ReadDeps, "commits"> {
  /** Files read at the same time. */
  readonly parallelReads: number;
  /** Passages embedded between two looks at the waiting list. */
  readonly batch: number;
  readonly fileDone: (done: FileDone) => void;
  /** A file's vectors became complete in the active model. */
  readonly fileReady: (fileId: number) => void;
  /** Rows changed, or (with none named) only how far the work is. */
  readonly changed: (change: LibraryChange) => void;
  /** What a file held was hidden: it can be swept. */
  readonly hidden: () => void;
  /** The index being built beside the active one is whole: switch. */
  readonly built: (model: IndexedModel) => Promise<void>;
  /** Cuts a file's passages that are too long for the model anew (recut.ts); gives those that went, or null. */
  readonly recut: RecutFile;
}

/** Reads waiting files, then gives passages their vectors. All it knows stands in the database. */
export interface Indexer {
  /** Goes to work if there is any; call it after adding, changing or removing rows. */
  wake(): void;
  setModels(models: { active: IndexedModel | null; building: IndexedModel | null }): void;
  pause(): void;
  resume(): void;
  /** Stops; waiting files are left out or again what they were. Vectors go on with the next file, or `resume`. */
  cancel(): Promise<void>;
  /** Leaves vectors for later (battery, typing) or takes them up again; words go on. */
  holdVectors(held: boolean): void;
  /** What the person just opened or asked about comes first. */
  prefer(fileIds: readonly number[]): void;
  progress(): IndexProgress;
  readonly reading: ReadonlySet<number>;
  /** How many passages of a file under way have their vector in the active model. */
  embedded(fileId: number): number;
  /** Files were taken out of sight: looks again at what there is to do. */
  removed(): void;
  /** Passages were removed: their vectors go too. */
  forget(passageIds: readonly number[]): Promise<void>;
  /** Resolves when nothing is left to do; rejects with the fault that stopped the work. */
  whenIdle(): Promise<void>;
  stop(): Promise<void>;
}

const mostTries = 3;
/** Rows marked in one transaction. */
const markedAtOnce = 1_000;
/** Files whose text waits to be stored together, while others are being read. */
const group = { most: 16, rows: 500, longest: 400 };

/** See `Indexer`. The caller closes reader, models and database after `stop`. */
export function makeIndexer(deps: IndexerDeps): Indexer {
  const { db } = deps;
  const meter = makeRateMeter(deps.now);
  const reading = new Map<number, Promise<void>>();
  const readingIds = new Set<number>();
  /** Of these, the files whose text is not read yet. */
  const unread = new Set<number>();
  const commits = makeGroupCommit(db, { ...group, isMoreComing: () => unread.size > 0 });
  const readDeps = { ...deps, commits };
  const tries = new Map<number, number>();
  let models: { active: IndexedModel | null; building: IndexedModel | null } = {
    active: null,
    building: null,
  };
  let work: { active: VectorWork | null; building: VectorWork | null } = { active: null, building: null };
  let run: Promise<void> | null = null;
  let controller = new AbortController();
  let mode: "working" | "paused" | "stopped" = "working";
  let areVectorsHeld = false;
  let isWakeWanted = false;
  let fault: unknown = null;
  let current: string | null = null;
  let ran = { ...nothingDone };

  async function readOne(file: FileRow, signal: AbortSignal): Promise<void> {
    const tried = (tries.get(file.id) ?? 0) + 1;
    tries.set(file.id, tried);
    current = file.name;
    const outcome = await readIntoStore(
      file,
      tried >= mostTries,
      readDeps,
      () => textIsRead(file.id),
      signal,
    );
    if (outcome.state === "again") return;
    tries.delete(file.id);
    await passagesChanged(outcome.removed);
    const failed = outcome.state === "failed";
    if (failed) {
      ran.failed += 1;
      deps.hidden();
    }
    deps.fileDone({
      file,
      state: outcome.state,
      passages: failed ? 0 : outcome.passages,
      failure: failed ? outcome.failure : null,
    });
    deps.changed({ files: [file.id], lists: false });
  }

  async function passagesChanged(removed: readonly number[]): Promise<void> {
    await forget(removed);
    work.active?.refresh();
    work.building?.refresh();
  }

  async function recut(fileId: number, embedder: Embedder, signal: AbortSignal): Promise<boolean> {
    const removed = await deps.recut(fileId, embedder, signal);
    if (removed) await passagesChanged(removed);
    return removed !== null;
  }

  async function forget(passageIds: readonly number[]): Promise<void> {
    if (passageIds.length === 0) return;
    for (const model of [models.active, models.building]) await model?.vectors.removePassages(passageIds);
  }

  /** The reader is free for another file while this one is being stored. */
  function textIsRead(fileId: number): void {
    unread.delete(fileId);
    startReads(controller.signal);
  }

  function startReads(signal: AbortSignal): void {
    const room = Math.min(deps.parallelReads - unread.size, deps.parallelReads + group.most - reading.size);
    if (room <= 0 || signal.aborted) return;
    for (const file of waitingFiles(db, room, reading.keys())) {
      readingIds.add(file.id);
      unread.add(file.id);
      const done = readOne(file, signal).finally(() => {
        reading.delete(file.id);
        readingIds.delete(file.id);
        unread.delete(file.id);
        if (unread.size === 0) commits.flush();
      });
      // Whoever waits for one of several sees the first that ends; none may go unseen.
      done.catch(() => undefined);
      reading.set(file.id, done);
      deps.changed({ files: [file.id], lists: false });
    }
  }

  async function embed(signal: AbortSignal): Promise<boolean> {
    if (areVectorsHeld) return false;
    meter.begin();
    const step = (await work.active?.step(signal)) ?? null;
    if (step) {
      note(step);
      return true;
    }
    if (!work.building || !models.building) return false;
    const built = await work.building.step(signal);
    if (built) note(built);
    else if ((await models.building.vectors.countMissing()) > 0) work.building.restart();
    else await deps.built(models.building);
    return true;
  }

  function note(step: VectorStep): void {
    current = step.file ?? current;
    meter.add(step.passages);
    ran.embedded += step.passages;
    for (const id of step.completed) {
      ran.ready += 1;
      ran.readyPassages += getFile(db, id)?.passages ?? 0;
      deps.fileReady(id);
    }
    const files = [...new Set([...step.touched, ...step.completed])];
    deps.changed(joinChanges(null, { files, lists: false }));
  }

  async function goOn(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) break;
      startReads(signal);
      if (reading.size > 0) await Promise.race(reading.values());
      else if (!(await embed(signal))) break;
    }
    await Promise.all(reading.values());
  }

  async function start(): Promise<void> {
    controller = new AbortController();
    try {
      await goOn(controller.signal);
    } catch (error) {
      controller.abort();
      await Promise.allSettled(reading.values());
      if (!isCancel(error)) fault = toStoreError(error);
    }
  }

  function wake(): void {
    if (mode !== "working") return;
    isWakeWanted = run !== null;
    if (run) return;
    fault = null;
    run = start().finally(() => {
      run = null;
      current = null;
      if (isWakeWanted && !fault) wake();
      else if (mode === "working") finish();
    });
  }

  function finish(): void {
    ran = { ...nothingDone };
    meter.reset();
    deps.changed({ files: [], lists: false });
  }

  async function halt(next: "paused" | "stopped"): Promise<void> {
    mode = next;
    isWakeWanted = false;
    controller.abort();
    await run;
  }

  return {
    wake: () => {
      if (mode === "stopped") mode = "working";
      wake();
    },
    setModels: (next) => {
      const workOf = (role: "active" | "building"): VectorWork | null => {
        const model = next[role];
        if (model === models[role]) return work[role];
        work[role]?.end();
        return model && makeVectorWork({ db, recut, batch: deps.batch }, model, role === "building");
      };
      work = { active: workOf("active"), building: workOf("building") };
      models = next;
      wake();
    },
    pause: () => void halt("paused"),
    resume: () => {
      mode = "working";
      wake();
    },
    cancel: async () => {
      await halt("stopped");
      while (leaveOutWaiting(db, markedAtOnce) === markedAtOnce) await otherWork();
      finish();
      deps.changed({ files: [], lists: true });
    },
    holdVectors: (held) => {
      areVectorsHeld = held;
      if (!held) wake();
    },
    prefer: (fileIds) => {
      prioritise(db, fileIds);
      work.active?.refresh();
    },
    progress: () =>
      progressOf({
        counts: countFiles(db, models.active?.vectors.fingerprint ?? null),
        hasModel: models.active !== null,
        state: mode === "paused" ? "paused" : run ? "running" : "idle",
        ran,
        current,
        rate: run && models.active ? meter.rate() : null,
        fault: fault === null ? null : toFailure(fault),
      }),
    reading: readingIds,
    embedded: (fileId) => work.active?.embedded(fileId) ?? 0,
    removed: () => {
      work.active?.refresh();
      work.building?.refresh();
    },
    forget,
    whenIdle: async () => {
      for (let now = run; now; now = run) await now;
      if (fault !== null) throw fault;
    },
    stop: async () => {
      await halt("stopped");
      if (fault !== null && !(fault instanceof AppError)) throw fault;
    },
  };
}
