import { isCancel } from "../../contract/errors.ts";
import { madeRoomFor } from "../../store/ballast.ts";
import type { WriteDb } from "../../store/handle.ts";
import { sweepHidden } from "../../store/hidden.ts";
import { inSlices } from "./slices.ts";

/** Deletes in slices what was taken out of sight: removed, replaced, or left half-way by a kill. */
export interface Sweeper {
  /** Something was hidden: goes to work, if it is not at it. */
  wake(): void;
  /** This file is hidden because it is being stored: it stays until it is let go. */
  keep(hiddenFileId: number): void;
  letGo(hiddenFileId: number): void;
  /** Resolves when nothing is left to sweep; rejects with what stopped it. */
  whenIdle(): Promise<void>;
  /** Ends after the slice under way; the next start goes on. */
  stop(): Promise<void>;
}

export interface SweeperDeps {
  readonly db: WriteDb;
  /** Passages are gone: their vectors go too. */
  readonly forget: (passageIds: readonly number[]) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Rows deleted in one transaction. */
const rowsAtOnce = 150;

/** See `Sweeper`. */
export function makeSweeper(deps: SweeperDeps): Sweeper {
  const controller = new AbortController();
  const kept = new Set<number>();
  let run: Promise<void> | null = null;
  let isWanted = false;

  async function sweep(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      try {
        await sweepOnce();
      } catch (error) {
        // What is deleted makes room: on a full disk it may take the last there is.
        if (!madeRoomFor(deps.db, error)) throw error;
        isWanted = true;
      }
    }
  }

  async function sweepOnce(): Promise<void> {
    const work = sweepHidden(deps.db, (fileId) => kept.has(fileId));
    await inSlices(deps.db, work, rowsAtOnce, controller.signal, async (done) =>
      deps.forget(done.flatMap((step) => (step ? [step.passageId] : []))),
    );
  }

  return {
    wake: () => {
      isWanted = true;
      if (run || controller.signal.aborted) return;
      run = sweep().finally(() => {
        run = null;
      });
      run.catch((error: unknown) => {
        if (!isCancel(error)) deps.failed(error);
      });
    },
    keep: (hiddenFileId) => void kept.add(hiddenFileId),
    letGo: (hiddenFileId) => void kept.delete(hiddenFileId),
    whenIdle: async () => void (await run),
    stop: async () => {
      controller.abort();
      await run?.catch(() => undefined);
    },
  };
}
