import { setTimeout as after } from "node:timers/promises";
import { AppError } from "../../core/contract/errors.ts";
import type { VaultStatus } from "../../core/contract/app.ts";
import type { Link } from "../process/link.ts";
import type { OpenLibrary } from "../../core/compose/open-library.ts";
import type { WorkerSurface } from "../worker/surface.ts";
import type { KeySource } from "./key-source.ts";
import type { Host } from "../process/utility-host.ts";

type LockedCode = Extract<VaultStatus, { state: "locked" }>["code"];

/** The library as main sees it: locked or open, and a way to ask its worker. */
export interface Library {
  status(): VaultStatus;
  /** Opens it, or finds out why not. */
  open(): Promise<VaultStatus>;
  useDevelopmentKey(): Promise<VaultStatus>;
  /** Fails with a vault-… code while the library is not open; waits while it is opening. */
  request: Link<WorkerSurface>["request"];
  close(): Promise<void>;
}

export interface LibraryOptions {
  readonly host: Host<WorkerSurface>;
  readonly keys: KeySource;
  readonly onStatus: (status: VaultStatus) => void;
  readonly report: (where: string, error: unknown) => void;
}

/** Milliseconds the worker gets to close the database in peace; a kill harms it neither. */
const longestClose = 5000;

export function makeLibrary(options: LibraryOptions): Library {
  let status: VaultStatus = { state: "opening" };
  let opening: Promise<VaultStatus> | null = null;

  function change(next: VaultStatus): VaultStatus {
    status = next;
    options.onStatus(next);
    return next;
  }

  async function tryOpen(): Promise<VaultStatus> {
    if (status.state !== "opening") change({ state: "opening" });
    try {
      if (await options.keys.needsChoice()) return change({ state: "needs-choice" });
      // The first call makes the host start the worker, which opens the library before it answers.
      const { protection } = await options.host.request(
        "library.state",
        undefined,
        new AbortController().signal,
      );
      return change({ state: "open", protection });
    } catch (error) {
      const code = error instanceof AppError && isLocked(error.code) ? error.code : "vault-damaged";
      if (code === "vault-damaged") options.report("library", error);
      return change({ state: "locked", code });
    }
  }

  function open(): Promise<VaultStatus> {
    opening ??= tryOpen().finally(() => (opening = null));
    return opening;
  }

  return {
    status: () => status,
    open,
    useDevelopmentKey: async () => {
      if (status.state !== "needs-choice") throw new AppError("not-allowed");
      await options.keys.makeDevelopmentKey();
      return open();
    },
    request: async (name, input, signal) => {
      if (opening !== null) await opening;
      if (status.state === "needs-choice") throw new AppError("vault-needs-key");
      if (status.state === "locked") throw new AppError(status.code);
      return options.host.request(name, input, signal);
    },
    close: async () => {
      if (status.state === "open") {
        const closed = options.host
          .request("library.close", undefined, AbortSignal.timeout(longestClose))
          .catch(ignoreSlowClose);
        // A worker that hangs answers neither the request nor its cancel.
        await Promise.race([closed, after(longestClose)]);
      }
      await options.host.stop();
    },
  };
}

/**
 * What the host does on every fresh worker. The key never waits in main: it is unwrapped for each start
 * and wiped once the worker has it.
 */
export async function openIn(
  link: Link<WorkerSurface>,
  keys: KeySource,
  rest: Omit<OpenLibrary, "vault">,
): Promise<void> {
  const unlocked = await keys.unlock();
  const { key, vaultId, generation: before, protection, isNew } = unlocked;
  const vault = { key, vaultId, generation: before, protection, isNew };
  try {
    const { generation } = await link.request(
      "library.open",
      { ...rest, vault },
      new AbortController().signal,
    );
    await unlocked.confirm(generation);
  } finally {
    key.fill(0);
  }
}

const lockedCodes: readonly string[] = [
  "vault-locked",
  "vault-damaged",
  "vault-from-newer-version",
  "vault-in-use",
  "disk-full",
] satisfies LockedCode[];

function isLocked(code: string): code is LockedCode {
  return lockedCodes.includes(code);
}

/** The write-ahead log makes an unclosed database whole again; a slow close is no reason to stay. */
function ignoreSlowClose(error: unknown): void {
  if (!(error instanceof AppError) && !(error instanceof DOMException)) throw error;
}
