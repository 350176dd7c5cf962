import type { Letter } from "../envelope/outgoing.ts";
import type { Review } from "../review.ts";

/** A review that asks about what leaves for a reach, and whose person answers as told. */
export interface ScriptedReview extends Review {
  /** Every letter that was shown. */
  readonly shown: readonly Letter[];
  says(answer: "send" | "decline"): void;
}

export function makeScriptedReview(asksAbout: (letter: Letter) => boolean): ScriptedReview {
  const shown: Letter[] = [];
  let next: "send" | "decline" = "send";
  return {
    shown,
    says: (answer) => void (next = answer),
    isAsked: (letter) => asksAbout(letter),
    ask: async (letter, signal) => {
      signal.throwIfAborted();
      shown.push(letter);
      return next;
    },
  };
}
