import { expect, test } from "vitest";
import { restartDelay } from "./restart-delay.ts";

test("a process starts again at once, then later and later, never later than ten seconds", () => {
  expect(restartDelay([0], 0)).toBe(0);
  const deaths = Array.from({ length: 12 }, (_, index) => index * 100);
  const delays = deaths.map((at, index) => restartDelay(deaths.slice(0, index + 1), at));
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  expect(delays.slice(0, 4)).toEqual([0, 250, 500, 1000]);
  expect(delays.at(-1)).toBe(10_000);
});

test("deaths of long ago are forgotten", () => {
  expect(restartDelay([0, 100, 200, 300, 120_000], 120_000)).toBe(0);
});
