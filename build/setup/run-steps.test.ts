import { expect, test } from "vitest";
import { runSteps } from "./run-steps.mjs";

const step = (name: string, done: boolean, ran: string[]) => ({
  name,
  isDone: () => done,
  run: async (log: (line: string) => void) => {
    log("halfway");
    ran.push(name);
    return "by post";
  },
});

test("runs only what is not done, in order, and says which way it took", async () => {
  const ran: string[] = [];
  const lines: string[] = [];
  const steps = [step("first", false, ran), step("second", true, ran), step("third", false, ran)];
  const timings = await runSteps(steps, (line) => lines.push(line));
  expect(ran).toEqual(["first", "third"]);
  expect(timings.map(({ name }) => name)).toEqual(["first", "third"]);
  expect(lines).toContain("[3/3] third: halfway");
  expect(lines.at(-1)).toMatch(/^\[3\/3\] third: done in .* s, by post$/);
});

test("says nothing when everything is done", async () => {
  const lines: string[] = [];
  expect(await runSteps([step("only", true, [])], (line) => lines.push(line))).toEqual([]);
  expect(lines).toEqual([]);
});

test("stops at a step that fails, so that the next run resumes there", async () => {
  const ran: string[] = [];
  const failing = {
    name: "failing",
    isDone: () => false,
    run: () => Promise.reject(new Error("no network")),
  };
  const silent = (): void => undefined;
  await expect(runSteps([step("a", false, ran), failing, step("c", false, ran)], silent)).rejects.toThrow(
    "no network",
  );
  expect(ran).toEqual(["a"]);
});
