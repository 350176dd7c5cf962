import { expect, test } from "vitest";
import { batchesByLength } from "./batches.ts";
import { pool } from "./pooling.ts";

test("puts every input into one batch, none over the limit, with little padding (seeded)", () => {
  const lengths = Array.from({ length: 500 }, (_, index) => 3 + ((index * 7919) % 254));
  const batches = batchesByLength(lengths, 512);
  expect(batches.flatMap(({ indexes }) => indexes).toSorted((a, b) => a - b)).toEqual(
    lengths.map((_, index) => index),
  );
  for (const { indexes, length } of batches) {
    expect(indexes.length * length).toBeLessThanOrEqual(512);
    expect(Math.max(...indexes.map((index) => lengths[index]!))).toBe(length);
  }
  const padded = batches.reduce((sum, { indexes, length }) => sum + indexes.length * length, 0);
  expect(padded / lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(1.05);
});

test("gives an input over the limit a batch of its own", () => {
  expect(batchesByLength([900, 10], 512)).toEqual([
    { indexes: [0], length: 900 },
    { indexes: [1], length: 10 },
  ]);
});

test.each([
  ["mean", [3 / Math.hypot(3, 4), 4 / Math.hypot(3, 4)]],
  ["cls", [1, 0]],
  ["last-token", [5 / Math.hypot(5, 8), 8 / Math.hypot(5, 8)]],
] as const)("pools by %s over a row's real tokens only", (pooling, expected) => {
  // Two rows of three tokens in two dimensions; the second row has two tokens and one of padding.
  const states = Float32Array.from([9, 9, 9, 9, 9, 9, 1, 0, 5, 8, 7, 7]);
  const vector = pool(states, 1, 3, 2, 2, pooling);
  expect([...vector].map((value) => Math.round(value * 1e5))).toEqual(
    expected.map((value) => Math.round(value * 1e5)),
  );
});
