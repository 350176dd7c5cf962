import { environmentManager, focusManager, QueryObserver } from "@tanstack/react-query";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { FineTuneJob } from "../../../core/contract/fine-tune.ts";
import { makeQueryClient } from "../../app/query-client.ts";
import { jobsQuery } from "./jobs-query.ts";

const hour = 3_600_000;
beforeEach(() => {
  vi.useFakeTimers();
  focusManager.setFocused(true);
  // Without a window it takes itself for a server, which asks nothing again.
  environmentManager.setIsServer(() => false);
  return () => {
    focusManager.setFocused(undefined);
    vi.useRealTimers();
  };
});

const job = (part: Partial<FineTuneJob>): FineTuneJob => ({
  jobId: "ft-1",
  name: "letters",
  baseModel: "qwen3-8b",
  state: "running",
  createdAt: null,
  tunedModel: null,
  deployment: null,
  ...part,
});

/** The screen's question, left open; what it asks at once when it is opened is counted with the first time. */
function open(answer: (times: number) => Promise<FineTuneJob[]>) {
  const client = makeQueryClient();
  let asked = 0;
  let counted = 0;
  const observer = new QueryObserver(
    client,
    jobsQuery(() => answer((asked += 1)), "account"),
  );
  const close = observer.subscribe(() => undefined);
  onTestFinished(() => {
    close();
    client.clear();
  });
  const askedIn = async (time: number) => {
    await vi.advanceTimersByTimeAsync(time);
    const sum = asked - counted;
    counted = asked;
    return sum;
  };
  return { askedIn, close };
}

test("a screen left open asks about a job that does not move on a few times an hour", async () => {
  const { askedIn } = open(async (times) => [job({ progress: times / 1000 })]);
  expect(await askedIn(hour)).toBeLessThanOrEqual(8);
  expect(await askedIn(hour)).toBe(4);
});

test("a job that moved on is asked about again soon", async () => {
  const { askedIn } = open(async (times) => [job({ state: times < 8 ? "queuing" : "running" })]);
  await askedIn(hour);
  expect(await askedIn(3 * 60_000 + hour / 4)).toBeGreaterThanOrEqual(2);
});

test("a provider that does not answer is not asked more often for it", async () => {
  const { askedIn } = open(async (times) => {
    if (times > 1) throw new Error("no network");
    return [job({})];
  });
  expect(await askedIn(hour)).toBeLessThanOrEqual(8);
});

test("a window that nobody sees asks nothing", async () => {
  const { askedIn } = open(async () => [job({})]);
  await askedIn(1000);
  focusManager.setFocused(false);
  expect(await askedIn(24 * hour)).toBe(0);
});

test("jobs that are over, or no longer looked at, are asked about no more", async () => {
  const over = open(async () => [job({ state: "succeeded" }), job({ jobId: "ft-2", state: "failed" })]);
  expect(await over.askedIn(24 * hour)).toBe(1);
  const left = open(async () => [job({})]);
  await left.askedIn(1000);
  left.close();
  expect(await left.askedIn(24 * hour)).toBe(0);
});
