import { AppError, type ErrorCode } from "../../contract/errors.ts";

/** Time and chance, handed in so that tests need neither. */
export interface RetryClock {
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface RetryPolicy {
  /** Tries in all, the first one included. */
  readonly tries: number;
  /** Milliseconds before the second try, doubled each time, and the most it ever is. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** A server that asks for a longer wait than this is told to the person instead. */
  readonly longestAsked: number;
}

export const usualRetries: RetryPolicy = {
  tries: 4,
  firstDelay: 1000,
  longestDelay: 20_000,
  longestAsked: 30_000,
};

const passing: ReadonlySet<ErrorCode> = new Set([
  "provider-rate-limited",
  "provider-server",
  "provider-loading",
  "provider-network",
  "provider-timed-out",
  // Only ever before the first part: a stream that ended without a word.
  "provider-interrupted",
]);

/** Whether the same call may be made again at all. */
export const isPassing = (error: unknown): error is AppError =>
  error instanceof AppError && passing.has(error.code);

/**
 * Runs a stream, and runs it again after a passing failure with exponential back-off and full jitter,
 * but never after its first part: what a person has seen is not written twice.
 */
export async function* withRetries<Part>(
  attempt: () => AsyncIterable<Part>,
  policy: RetryPolicy,
  clock: RetryClock,
  signal: AbortSignal,
): AsyncGenerator<Part> {
  for (let tries = 1; ; tries += 1) {
    let isVisible = false;
    try {
      for await (const part of attempt()) {
        isVisible = true;
        yield part;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (isVisible || tries >= policy.tries || !isPassing(error)) throw error;
      const asked = error.retryAfter;
      if (asked !== undefined && asked > policy.longestAsked) throw error;
      const ceiling = Math.min(policy.longestDelay, policy.firstDelay * 2 ** (tries - 1));
      await clock.sleep(asked ?? Math.round(clock.random() * ceiling), signal);
    }
  }
}

/** Milliseconds a reply's headers ask to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterOf(headers: ReadonlyMap<string, string>, now: number): number | undefined {
  const milliseconds = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  const value = headers.get("retry-after");
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The real clock. */
export const realClock: RetryClock = {
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", abort);
        resolve();
      }, milliseconds);
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    }),
};
