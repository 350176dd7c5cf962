import { expect, test } from "vitest";
import { killWriters } from "./testing/faults/kills.ts";

// A sample of what `npm run bench faults` does five hundred times.
test("killed while it stores, replaces, removes or purges, a library holds what it said and no half of a document", async () => {
  const { rounds, failures, lostInSilence } = await killWriters(20, 20261127);
  expect([rounds, failures, lostInSilence]).toEqual([20, [], 0]);
}, 120_000);
