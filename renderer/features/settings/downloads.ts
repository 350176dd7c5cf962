import type { DownloadProgress } from "../../../core/contract/models.ts";
import { makeObservable } from "../../ui/observable.ts";
import type { Ipc } from "../../app/ipc.ts";

/** A download under way; leaving the settings does not stop it. */
export interface Download {
  readonly progress: DownloadProgress | null;
  /** What has come stays on disk: the next start goes on from there. */
  readonly stop: () => void;
}

export const downloads = makeObservable<ReadonlyMap<string, Download>>(new Map());

/** Downloads a model and keeps `downloads` up to date. Rejects with AppError when it fails or is stopped. */
export async function followDownload(ipc: Ipc, modelId: string): Promise<void> {
  const controller = new AbortController();
  const show = (progress: DownloadProgress | null) =>
    downloads.set((all) => new Map(all).set(modelId, { progress, stop: () => controller.abort() }));
  show(null);
  try {
    for await (const progress of ipc.stream("models.download", { modelId }, controller.signal))
      show(progress);
  } finally {
    downloads.set((all) => {
      const next = new Map(all);
      next.delete(modelId);
      return next;
    });
  }
}
