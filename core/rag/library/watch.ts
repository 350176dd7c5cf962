import { watch as watchPaths, type FSWatcher } from "chokidar";
import { basename } from "node:path";
import { isIgnored } from "./watch-walk.ts";

/** Calls back when something in the folders may have changed; what, is found out by a scan. */
export interface FolderWatch {
  /** The folders to watch from now on. */
  setFolders(paths: readonly string[]): void;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Milliseconds of quiet before a burst of changes is reported. */
  readonly quiet: number;
  /** Milliseconds after which it is reported even if the changes go on. */
  readonly longest: number;
  readonly changed: () => void;
  /** The system refuses to watch (too many folders): only scans notice changes now. */
  readonly failed: (error: unknown) => void;
}

/** Watches with the system's own notifications; without them a folder is only scanned at start. */
export function watchFolders(options: WatchOptions): FolderWatch {
  let watcher: FSWatcher | null = null;
  let watched = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let firstAt = 0;

  function report(): void {
    timer = null;
    firstAt = 0;
    options.changed();
  }

  function noticed(): void {
    const now = Date.now();
    firstAt ||= now;
    if (timer) clearTimeout(timer);
    timer = setTimeout(report, Math.max(0, Math.min(options.quiet, firstAt + options.longest - now)));
  }

  function make(): FSWatcher {
    const made = watchPaths([], {
      ignoreInitial: true,
      followSymlinks: false,
      ignorePermissionErrors: true,
      ignored: (path) => !watched.has(path) && isIgnored(basename(path)),
    });
    made.on("all", noticed);
    made.on("error", options.failed);
    return made;
  }

  return {
    setFolders: (paths) => {
      const next = new Set(paths);
      const added = paths.filter((path) => !watched.has(path));
      const dropped = [...watched].filter((path) => !next.has(path));
      watched = next;
      if (added.length > 0) (watcher ??= make()).add(added);
      if (dropped.length > 0) watcher?.unwatch(dropped);
    },
    close: async () => {
      if (timer) clearTimeout(timer);
      await watcher?.close();
    },
  };
}
