import { listFolders } from "../../store/folders.ts";
import type { WriteDb } from "../../store/handle.ts";
import type { LibraryChange } from "../../contract/library-change.ts";
import { isCancel } from "../../contract/errors.ts";
import type { Indexer } from "./indexer.ts";
import { scanFolders, type ScanOptions, type ScanResult } from "./watch-scan.ts";
import { watchFolders } from "./watch.ts";

export interface FollowDeps {
  readonly db: WriteDb;
  readonly isReadable: (path: string) => boolean;
  readonly isWatching: boolean;
  readonly indexer: Indexer;
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
  close(): Promise<void>;
}

/** Scans on call and, where it is to watch, whenever the system says that something changed. */
export function makeFollower(deps: FollowDeps): Follower {
  const controller = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const watch = deps.isWatching
    ? watchFolders({ quiet: 400, longest: 3_000, changed: () => void rescan(), failed: deps.failed })
    : null;

  async function scanNow(options: ScanOptions, signal: AbortSignal): Promise<ScanResult> {
    const joined = AbortSignal.any([signal, controller.signal]);
    const scan = last.then(async () => scanFolders(deps.db, deps.isReadable, options, joined));
    last = scan.catch(() => undefined);
    const result = await scan;
    if (result.removed > 0) deps.removed();
    return result;
  }

  async function rescan(): Promise<void> {
    try {
      const { added, changed, moved, removed } = await scanNow(
        { retryFailed: false, only: null },
        controller.signal,
      );
      if (added + changed > 0) deps.indexer.wake();
      if (added + changed + moved + removed > 0) deps.changed({ files: [], lists: true });
    } catch (error) {
      if (!isCancel(error) && !controller.signal.aborted) deps.failed(error);
    }
  }

  return {
    scanNow,
    refresh: () => watch?.setFolders(listFolders(deps.db).map((folder) => folder.path)),
    close: async () => {
      controller.abort();
      await watch?.close();
      await last;
    },
  };
}
