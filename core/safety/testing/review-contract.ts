import { describe, expect, test } from "vitest";
import { isCancel } from "../../contract/errors.ts";
import type { Letter } from "../envelope/outgoing.ts";
import type { Review } from "../review.ts";

export interface ReviewRig {
  readonly review: Review;
  /** Letters it asks about, and letters it does not. */
  readonly asked: readonly Letter[];
  readonly passed: readonly Letter[];
  /** What the person will say next. */
  readonly says: (answer: "send" | "decline") => void;
}

/** The promises of `Review`, for every one there is and for the fake. */
export function reviewContract(name: string, makeRig: () => ReviewRig): void {
  const never = () => new AbortController().signal;

  describe(`${name} keeps the review contract`, () => {
    test("asks about the same letter always or never", () => {
      const { review, asked, passed } = makeRig();
      for (const letter of asked)
        expect([review.isAsked(letter), review.isAsked(letter)]).toEqual([true, true]);
      for (const letter of passed)
        expect([review.isAsked(letter), review.isAsked(letter)]).toEqual([false, false]);
    });

    test("gives what the person said, each time anew", async () => {
      const { review, asked, says } = makeRig();
      for (const letter of asked)
        for (const answer of ["send", "decline", "send"] as const) {
          says(answer);
          expect(await review.ask(letter, never())).toBe(answer);
        }
    });

    test("ends in a cancel when it is aborted, and takes that for no answer", async () => {
      const { review, asked, passed } = makeRig();
      for (const letter of [...asked, ...passed]) {
        const error = await review.ask(letter, AbortSignal.abort()).catch((reason: unknown) => reason);
        expect(isCancel(error)).toBe(true);
      }
    });
  });
}
