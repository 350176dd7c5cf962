import type { Letter } from "./envelope/outgoing.ts";

/** Shows a person exactly what is about to leave, where settings or policy ask for that. */
export interface Review {
  /** Whether this one is shown first; the same answer for the same letter. */
  isAsked(letter: Letter): boolean;
  /** What the person said. Rejects with the signal's reason, and with nothing else. */
  ask(letter: Letter, signal: AbortSignal): Promise<"send" | "decline">;
}

/** Stands where review will: nothing is shown first. */
export const reviewsNothing: Review = {
  isAsked: () => false,
  ask: async (_letter, signal) => {
    signal.throwIfAborted();
    return "send";
  },
};
