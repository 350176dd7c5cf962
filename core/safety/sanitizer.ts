/** Puts originals back into a stream; holds back what may be half of a placeholder. */
export interface Restorer {
  push(text: string): string;
  end(): string;
}

/** Texts with private values replaced, in the same order, and the way back. */
export interface Sanitized {
  readonly texts: readonly string[];
  /** A new one for each stream: answer and reasoning each have their own. */
  readonly makeRestorer: () => Restorer;
}

/** Replaces private values by stable placeholders before text leaves the device. */
export interface Sanitizer {
  sanitize(texts: readonly string[], signal: AbortSignal): Promise<Sanitized>;
}

/** For text that stays on the device: nothing was replaced, nothing is to be put back. */
export const nothingToRestore: Restorer = { push: (text) => text, end: () => "" };
