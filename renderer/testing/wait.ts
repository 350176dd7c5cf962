import { AppError } from "../../core/contract/errors.ts";

/** Waits, or throws "cancelled" when the signal aborts first. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new AppError("cancelled"));
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new AppError("cancelled"));
    });
  });
}
