import { AppError } from "../../contract/errors.ts";

/** What one file may cost, whatever it says about itself. Sizes in bytes, times in milliseconds. */
export const readerLimits = {
  fileBytes: 200 * 1024 * 1024,
  inflatedBytes: 200 * 1024 * 1024,
  inflateRatio: 100,
  /** Below this a high ratio is only a small repetitive file. */
  ratioFreeBytes: 1024 * 1024,
  zipEntries: 10_000,
  xmlDepth: 512,
  /** Beyond the first, nesting is read flat; beyond the second (old pages leave tags open) refused. */
  htmlDepth: 512,
  htmlOpenTags: 20_000,
  rtfDepth: 2_000,
  mailDepth: 4,
  pages: 20_000,
  cellsPerRow: 16_384,
  time: 30_000,
  memory: 1024 * 1024 * 1024,
} as const;

/** The refusal for a file that asks for more than a limit; `limit` names which. */
export function limitExceeded(limit: string, cause?: unknown): AppError {
  return new AppError("file-limits-exceeded", { facts: { limit }, cause });
}

/** The refusal for a file whose own structure is broken; `part` names where, never its text. */
export function damaged(part: string, cause?: unknown): AppError {
  return new AppError("file-damaged", { facts: { part }, cause });
}

/** Throws the cancel as an AppError, at places where a long reader breathes. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("cancelled", { cause: signal.reason });
}
