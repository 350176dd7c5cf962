import { setTimeout as after } from "node:timers/promises";
import { AppError, isCancel } from "../../core/contract/errors.ts";
import { lockedCodes, type AlertKind, type VaultStatus } from "../../core/contract/app.ts";
import type { Child, OwnedProcess } from "../process/child.ts";
import type { Link } from "../process/link.ts";
import { hostProcess, type HostOptions } from "../process/process-host.ts";
import { isRepeatable, type WorkerSurface } from "../worker/surface.ts";
import type { KeySource } from "./key-source.ts";

type LockedCode = (typeof lockedCodes)[number];

/** The library as main sees it: locked or open, and a way to ask its process. */
export interface Library {
  status(): VaultStatus;
  /** Forks its process ahead of `open`, so that it boots while main is still at work. */
  warm(): void;
  /** Opens it, or finds out why not. After a restart that failed, the only way to try again. */
  open(): Promise<VaultStatus>;
  useDevelopmentKey(): Promise<VaultStatus>;
  /** Fails with the code of the lock while the library is not open; waits while it is opening. */
  request: Link<WorkerSurface>["request"];
  /** The process now running, for the ports of its readers. */
  process(): OwnedProcess | null;
  close(): Promise<void>;
}

export interface LibraryOptions {
  readonly fork: () => Child;
  readonly keys: KeySource;
  /** What a fresh process opens the library with, asked for at each start. */
  readonly opening: () => Omit<Parameters<WorkerSurface["requests"]["library.open"]>[0], "vault">;
  readonly onEvent: HostOptions<WorkerSurface>["onEvent"];
  readonly onStatus: (status: VaultStatus) => void;
  /** The process died, and another one has the library open. */
  readonly onRestart: () => void;
  readonly alert: (kind: AlertKind) => void;
  readonly report: (where: string, error: unknown) => void;
}

/** Milliseconds the process gets to close the database in peace; a kill harms it neither. */
const longestClose = 5000;

export function makeLibrary(options: LibraryOptions): Library {
  let status: VaultStatus = { state: "opening" };
  let opening: Promise<VaultStatus> | null = null;
  const host = hostProcess<WorkerSurface>({
    name: "Qwill library",
    fork: options.fork,
    prepare: (link) => openIn(link, options),
    restarts: "at-once",
    isRepeatable,
    onEvent: options.onEvent,
    onRestart: options.onRestart,
    onDown: (error) => lock(error),
    report: options.report,
  });

  function change(next: VaultStatus): VaultStatus {
    status = next;
    options.onStatus(next);
    return next;
  }

  function lock(error: unknown): VaultStatus {
    const code = lockedCodeOf(error);
    // Stopped while it was opening: nobody is left to be told.
    if (code === "internal" && !isCancel(error)) options.report("library", error);
    return change({ state: "locked", code });
  }

  async function tryOpen(): Promise<VaultStatus> {
    if (status.state !== "opening") change({ state: "opening" });
    try {
      if (await options.keys.needsChoice()) return change({ state: "needs-choice" });
      await host.start();
      const { protection } = await host.request("library.state", undefined, new AbortController().signal);
      return change({ state: "open", protection });
    } catch (error) {
      return lock(error);
    }
  }

  function open(): Promise<VaultStatus> {
    opening ??= tryOpen().finally(() => (opening = null));
    return opening;
  }

  return {
    status: () => status,
    warm: () => host.warm(),
    open,
    useDevelopmentKey: async () => {
      // Whether there is anything to choose is known once it was tried.
      if (status.state === "opening") await open();
      if (status.state !== "needs-choice") throw new AppError("not-allowed");
      await options.keys.makeDevelopmentKey();
      return open();
    },
    request: async (name, input, signal) => {
      // Also for who asks before anybody opened it: the person may have to choose first.
      if (status.state === "opening") await open();
      if (status.state === "needs-choice") throw new AppError("vault-needs-key");
      if (status.state === "locked") throw new AppError(status.code);
      return host.request(name, input, signal);
    },
    process: () => host.process(),
    close: async () => {
      if (status.state === "open") {
        const closed = host
          .request("library.close", undefined, AbortSignal.timeout(longestClose))
          .catch(ignoreSlowClose);
        // A process that hangs answers neither the request nor its cancel.
        await Promise.race([closed, after(longestClose, undefined, { ref: false })]);
      }
      await host.stop();
    },
  };
}

/**
 * What happens on every fresh process. The key never waits in main: it is unwrapped for each start and
 * wiped once the process has it.
 */
async function openIn(link: Link<WorkerSurface>, options: LibraryOptions): Promise<void> {
  const unlocked = await options.keys.unlock();
  const { key, vaultId, generation: before, protection, isNew } = unlocked;
  const vault = { key, vaultId, generation: before, protection, isNew };
  try {
    const { generation, isRolledBack, areChangesLost } = await link.request(
      "library.open",
      { ...options.opening(), vault },
      new AbortController().signal,
    );
    if (isRolledBack) options.alert("library-rolled-back");
    if (areChangesLost) options.alert("changes-lost");
    await unlocked.confirm(generation).catch((error: unknown) => {
      // What is there can still be read, and the next start confirms it.
      if (!(error instanceof AppError && error.code === "disk-full")) throw error;
      options.alert("disk-full");
    });
  } finally {
    key.fill(0);
  }
}

/** What a person is told; anything unexpected is a fault of ours, not of their library. */
function lockedCodeOf(error: unknown): LockedCode {
  const known = error instanceof AppError ? lockedCodes.find((code) => code === error.code) : undefined;
  return known ?? "internal";
}

/** The write-ahead log makes an unclosed database whole again; a slow close is no reason to stay. */
function ignoreSlowClose(error: unknown): void {
  if (!(error instanceof AppError) && !(error instanceof DOMException)) throw error;
}
