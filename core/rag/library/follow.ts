import { listFolders } from "../../store/folders.ts";
import type { WriteDb } from "../../store/handle.ts";
import { joinChanges, type LibraryChange } from "../../contract/library-change.ts";
import { isCancel } from "../../contract/errors.ts";
import { otherWork } from "../index/other-work.ts";
import type { Indexer } from "./indexer.ts";
import { scanChanges } from "./watch-changes.ts";
import { systemClock, type Clock } from "./watch-clock.ts";
import { makeReadPace, usualPace } from "./watch-pace.ts";
import type { KnownFile } from "../../store/files-on-disk.ts";
import { isAsKnown } from "./watch-look.ts";
import { nothingDone, type ScanResult } from "./watch-rows.ts";
import { scanFolders, type ScanOptions } from "./watch-scan.ts";
import { watchFolders, type FolderWatch } from "./watch.ts";

export interface FollowDeps {
  readonly db: WriteDb;
  readonly isReadable: (path: string) => boolean;
  readonly isWatching: boolean;
  /** Default: the system's. */
  readonly clock?: Clock;
  readonly indexer: Pick<Indexer, "wake">;
  readonly changed: (change: LibraryChange) => void;
  /** Files that are no longer there were taken out of sight. */
  readonly removed: () => void;
  readonly failed: (error: unknown) => void;
}

/** Keeps the rows of watched folders true to the disk. One scan at a time. */
export interface Follower {
  scanNow(options: ScanOptions, signal: AbortSignal): Promise<ScanResult>;
  /** The list of folders changed. */
  refresh(): void;
  /** Resolves once no scan is under way. */
  whenIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds: a burst of changes ends with so much quiet, and is reported after so long in any case. */
const burst = { quiet: 400, longest: 3_000 };
/** Milliseconds between two looks at whether watched folders are where they were. */
const lookAfter = 5_000;
/** So many of them until a folder that the system does not watch is scanned whole: five minutes. */
const looksOfBlind = 60;

/**
 * Scans on call and, where it is to watch, wherever the system says that something changed. Whether the folders are
 * where they were is looked at every few seconds.
 */
export function makeFollower(deps: FollowDeps): Follower {
  const { db, isReadable, clock = systemClock } = deps;
  const controller = new AbortController();
  const { signal } = controller;
  const pace = makeReadPace(usualPace);
  /** Rows whose file is gone and that got another round, as it may come up elsewhere. */
  let missed = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();
  let stopDue: (() => void) | null = null;
  let stopLook: (() => void) | null = null;
  let blindLooks = 0;
  const watch = deps.isWatching
    ? watchFolders({ clock, ...burst, isReadable, report: () => void catchUp(), failed: deps.failed })
    : null;

  async function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  }

  async function scanNow(options: ScanOptions, given: AbortSignal): Promise<ScanResult> {
    const joined = AbortSignal.any([given, signal]);
    const result = await oneAtATime(async () => {
      const scan = { db, isReadable, ...(watch && { tree: watch.tree, mayComeUp: mayComeUpIn(watch) }) };
      return scanFolders(scan, options, joined);
    });
    if (result.removed > 0) deps.removed();
    if (watch) lookAfterFoldersLater(watch);
    return result;
  }

  /** Runs what no one called for; its faults go where they can be seen. */
  async function byItself(work: () => Promise<ScanResult>): Promise<void> {
    try {
      const { added, changed, moved, removed, folders, changedIds } = await work();
      if (added + changed + moved > 0) deps.indexer.wake();
      const lists = added + moved + removed + folders > 0;
      if (lists || changed > 0) deps.changed(joinChanges(null, { files: [...changedIds], lists }));
    } catch (error) {
      if (!isCancel(error) && !signal.aborted) deps.failed(error);
    }
  }

  async function rescan(only: ReadonlySet<string>): Promise<void> {
    if (signal.aborted) return;
    await byItself(async () => scanNow({ retryFailed: false, only }, signal));
  }

  async function catchUp(): Promise<void> {
    if (!watch || signal.aborted) return;
    const unsure = new Set<string>();
    await byItself(async () =>
      oneAtATime(async () => {
        const { result, folders } = await scanChanges(changeDeps(watch), watch.take(), signal);
        for (const folder of folders) unsure.add(folder);
        if (result.removed > 0) deps.removed();
        return result;
      }),
    );
    lookAtDue(watch);
    if (unsure.size > 0) await rescan(unsure);
  }

  /** A file that is gone is looked for once more where something is still to be looked at: it may be there. */
  function mayComeUpIn(from: FolderWatch): (row: KnownFile) => boolean {
    return ({ id }) => {
      if (!from.isPending) return false;
      missed.add(id);
      return true;
    };
  }

  function changeDeps(from: FolderWatch) {
    const before = missed;
    missed = new Set();
    const mayComeUp = mayComeUpIn(from);
    return {
      db,
      isReadable,
      watch: from,
      missed: [...before],
      isReady: (file: { path: string; modifiedAt: number }) => pace.isReady(file, clock.now()),
      mayComeUp: (row: KnownFile) => !before.has(row.id) && mayComeUp(row),
    };
  }

  /** Files that go on changing are looked at when their time has come. */
  function lookAtDue(from: FolderWatch): void {
    stopDue?.();
    stopDue = null;
    if (signal.aborted) return;
    for (const path of pace.takeDue(clock.now())) from.note(path);
    const due = pace.nextDue();
    if (due !== null) stopDue = clock.after(due - clock.now(), () => lookAtDue(from));
  }

  /**
   * Nothing says when a drive comes back, or when something above a watched folder is renamed; and a folder that the
   * system does not watch says nothing at all.
   */
  async function lookAfterFolders(from: FolderWatch): Promise<void> {
    const wanted = new Set<string>();
    for (const { path } of listFolders(db)) if (!(await isAsKnown(from.tree(path)))) wanted.add(path);
    blindLooks = (blindLooks + 1) % looksOfBlind;
    if (blindLooks === 0) for (const path of from.blind) wanted.add(path);
    if (wanted.size > 0) await rescan(wanted);
  }

  function lookAfterFoldersLater(from: FolderWatch): void {
    stopLook?.();
    if (signal.aborted) return;
    stopLook = clock.after(lookAfter, () => {
      void byItself(async () => {
        await lookAfterFolders(from);
        return nothingDone;
      }).then(() => lookAfterFoldersLater(from));
    });
  }

  return {
    scanNow,
    refresh: () => watch?.keepFolders(listFolders(db).map((folder) => folder.path)),
    whenIdle: async () => {
      for (let now = last; ; now = last) {
        await now;
        await otherWork();
        if (now === last) return;
      }
    },
    close: async () => {
      controller.abort();
      stopDue?.();
      stopLook?.();
      await last;
      watch?.close();
    },
  };
}
