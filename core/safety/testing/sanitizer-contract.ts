import { describe, expect, test } from "vitest";
import { isCancel } from "../../contract/errors.ts";
import { ownWords } from "../../contract/provenance.ts";
import type { Part } from "../envelope/outgoing.ts";
import type { Sanitizer } from "../sanitizer.ts";

export interface SanitizerRig {
  readonly sanitizer: Sanitizer;
  /** Private values by kind; none where nobody looks for any. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Something in the form of a placeholder, as a document may hold it. */
  readonly placeholder: string;
}

const never = () => new AbortController().signal;
const part = (text: string): Part => ({ kind: "request", text, provenance: ownWords });

/** The promises of `Sanitizer`, for every one there is and for the fake. */
export function sanitizerContract(name: string, makeRig: () => SanitizerRig): void {
  describe(`${name} keeps the sanitizer contract`, () => {
    /** A text with every value in it, each twice, and something that looks like a placeholder. */
    function example() {
      const rig = makeRig();
      const values = Object.values(rig.values).flat();
      const text = [...values, "and", ...values, rig.placeholder, "end"].join(" · ");
      return { ...rig, all: values, text };
    }

    test("gives the parts back in their order, and leaves alone what holds nothing private", async () => {
      const { sanitizer, text } = example();
      const plain = "The notice period is three months [1]. <<passages abc>>";
      const { texts } = await sanitizer.sanitize([part(plain), part(text), part(""), part(plain)], never());
      expect(texts).toHaveLength(4);
      expect([texts[0], texts[2], texts[3]]).toEqual([
        { text: plain, values: {} },
        { text: "", values: {} },
        { text: plain, values: {} },
      ]);
    });

    test("leaves no private value, gives the same one the same placeholder in every part, and counts by kind", async () => {
      const { sanitizer, values, all } = example();
      for (const [kind, some] of Object.entries(values))
        for (const value of some) {
          expect(sanitizer.kinds).toContain(kind);
          const { texts } = await sanitizer.sanitize([part(value), part(`${value}, ${value}`)], never());
          const [one, two] = texts;
          expect(two?.text).toBe(`${one?.text}, ${one?.text}`);
          expect([one?.values, two?.values]).toEqual([{ [kind]: 1 }, { [kind]: 2 }]);
        }
      const { texts } = await sanitizer.sanitize(all.map(part), never());
      for (const value of all) expect(texts.map(({ text }) => text).join("\n")).not.toContain(value);
    });

    test("puts every original back, wherever the stream is cut", async () => {
      const { sanitizer, text } = example();
      const { texts, makeRestorer } = await sanitizer.sanitize([part(text)], never());
      const masked = texts[0]?.text ?? "";
      for (let at = 0; at <= masked.length; at += 1) {
        const restorer = makeRestorer();
        const restored = [masked.slice(0, at), masked.slice(at)].map((chunk) => restorer.push(chunk));
        expect([at, [...restored, restorer.end()].join("")]).toEqual([at, text]);
      }
      const restorer = makeRestorer();
      const letters = [...masked].map((letter) => restorer.push(letter));
      expect([...letters, restorer.end()].join("")).toBe(text);
    });

    test("holds nothing back at the end, and keeps two streams apart", async () => {
      const { sanitizer, text } = example();
      const { texts, makeRestorer } = await sanitizer.sanitize([part(text)], never());
      const half = (texts[0]?.text ?? "").slice(0, 3);
      const [one, other] = [makeRestorer(), makeRestorer()];
      const begun = one.push(half);
      expect(other.push("fine") + other.end()).toBe("fine");
      expect(begun + one.end()).toContain(half.slice(0, 1));
    });

    test("ends in a cancel when it is aborted", async () => {
      const { sanitizer, text } = example();
      const error = await sanitizer
        .sanitize([part(text)], AbortSignal.abort())
        .catch((reason: unknown) => reason);
      expect(isCancel(error)).toBe(true);
    });
  });
}
