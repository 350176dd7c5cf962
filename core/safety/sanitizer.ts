import type { Part } from "./envelope/outgoing.ts";

/** Puts originals back into a stream; holds back what may be half of a placeholder. */
export interface Restorer {
  push(text: string): string;
  end(): string;
}

/** A text with its private values replaced, and how many there were of each kind. */
export interface SanitizedText {
  readonly text: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The parts in the same order, and the way back. */
export interface Sanitized {
  readonly texts: readonly SanitizedText[];
  /** A new one for each stream: answer and reasoning each have their own. */
  readonly makeRestorer: () => Restorer;
}

/** Replaces private values by stable placeholders before text leaves the device: the same value, the same placeholder. */
export interface Sanitizer {
  /** Kinds of values it looks for; none where it is not there yet, which the screens say. */
  readonly kinds: readonly string[];
  sanitize(parts: readonly Part[], signal: AbortSignal): Promise<Sanitized>;
}

/** Where nothing was replaced, nothing is to be put back. */
export const nothingToRestore: Restorer = { push: (text) => text, end: () => "" };

/** Stands where masking will: looks for nothing and says so. */
export const masksNothing: Sanitizer = {
  kinds: [],
  sanitize: async (parts, signal) => {
    signal.throwIfAborted();
    return { texts: parts.map(({ text }) => ({ text, values: {} })), makeRestorer: () => nothingToRestore };
  },
};
