import { expect, test } from "vitest";
import { makeRandom } from "../testing/sentence-vectors.ts";
import { BestResults } from "./best-results.ts";

test("keeps the best over several rounds, earlier ones where estimates are equal", () => {
  const random = makeRandom(9);
  const all = Array.from({ length: 900 }, (_, slot) => ({
    slot,
    estimate: Math.floor(random() * 200) - 100,
  }));
  const best = new BestResults(50, (slot) => slot % 3 !== 0);
  const results = new Int32Array(2_000);
  let used = 0;
  let threshold = -32_768;
  for (let start = 0; start < all.length; start += 300) {
    if (start > 0) ({ kept: used, threshold } = best.shrink(results.subarray(0, used * 2)));
    for (const { slot, estimate } of all.slice(start, start + 300)) {
      if (estimate <= threshold) continue;
      results.set([slot, estimate], used * 2);
      used++;
    }
  }
  const kept = [...best.finish(results.subarray(0, used * 2))].filter((_, at) => at % 2 === 0);
  const right = all
    .filter(({ slot }) => slot % 3 !== 0)
    .toSorted((a, b) => b.estimate - a.estimate || a.slot - b.slot)
    .slice(0, 50)
    .map(({ slot }) => slot);
  expect(kept).toEqual(right);
});
