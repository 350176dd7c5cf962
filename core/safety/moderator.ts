/** What moderation says of a text. `not-moderated`: nobody looked, and the screen says so. */
export type Verdict =
  | { readonly state: "not-moderated" }
  | {
      readonly state: "checked";
      readonly action: "allow" | "warn" | "block";
      /** Closed category names; empty when allowed. */
      readonly categories: readonly string[];
    };

/** Text that may be shown now, with the verdict so far; after a block nothing more is released. */
export interface Release {
  readonly text: string;
  readonly verdict: Verdict;
}

/** Watches one streaming answer; holds text back until it is safe to show. */
export interface OutputWatch {
  push(text: string): Promise<Release>;
  /** Releases what was held back. */
  end(): Promise<Release>;
}

/** Moderation of what a person asks and of what is shown to them, the same for every provider. */
export interface Moderator {
  checkInput(text: string, signal: AbortSignal): Promise<Verdict>;
  watchOutput(signal: AbortSignal): OutputWatch;
}

const nobodyLooked: Verdict = { state: "not-moderated" };

/** Stands where moderation will: passes everything and says that nobody looked. */
export const notModerated: Moderator = {
  checkInput: async (_text, signal) => {
    signal.throwIfAborted();
    return nobodyLooked;
  },
  watchOutput: (signal) => {
    const pass = async (text: string): Promise<Release> => {
      signal.throwIfAborted();
      return { text, verdict: nobodyLooked };
    };
    return { push: pass, end: () => pass("") };
  },
};
