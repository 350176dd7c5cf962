import { expect, test } from "vitest";
import { makeRandom } from "../../index/testing/sentence-vectors.ts";
import { nextRun, runEnd } from "./runs.ts";

function runsOf(text: string): string[] {
  const runs: string[] = [];
  for (let at = nextRun(text, 0); at < text.length;) {
    const end = runEnd(text, at);
    runs.push(text.slice(at, end));
    at = nextRun(text, end);
  }
  return runs;
}

const letters = [..."ab7é́ßд中のก한٣😀𝒜𠮷 \t\n.,'’_-€“—½\u00a0\u200d\ufeff", "\ud800", "\udc00", "\ud835"];

test.each([1, 2, 3])("runs of any text are those of the regular expression (seed %i)", (seed) => {
  const random = makeRandom(seed);
  for (let round = 0; round < 2_000; round++) {
    const text = Array.from(
      { length: round % 24 },
      () => letters[Math.floor(random() * letters.length)],
    ).join("");
    expect(runsOf(text)).toEqual(text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
  }
});
