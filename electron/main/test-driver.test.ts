import { afterEach, expect, test } from "vitest";
import { untilDriven } from "./test-driver.ts";

const world = globalThis as { __playwright_run?: () => void };

afterEach(() => {
  delete world.__playwright_run;
});

test("a package waits for no driver, whatever its environment says", async () => {
  await untilDriven({ QWILL_TEST_WAIT_FOR_DRIVER: "1" }, true);
  expect(world.__playwright_run).toBeUndefined();
});

test("a checkout waits for none unless it is told to", async () => {
  await untilDriven({}, false);
  expect(world.__playwright_run).toBeUndefined();
});

test("a start that is driven goes on when its driver says so, and not before", async () => {
  let hasGoneOn = false;
  const driven = untilDriven({ QWILL_TEST_WAIT_FOR_DRIVER: "1" }, false).then(() => (hasGoneOn = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasGoneOn).toBe(false);
  world.__playwright_run?.();
  await driven;
  expect(hasGoneOn).toBe(true);
});
