import { expect, test } from "vitest";
import { fineTuneStates, type FineTuneJob } from "../../../core/contract/fine-tune.ts";
import { isUnderWay, stepsFor } from "./job-steps.ts";

const job = (part: Partial<FineTuneJob>): FineTuneJob => ({
  jobId: "ft-1",
  name: "letters",
  baseModel: "qwen3-8b",
  state: "succeeded",
  createdAt: null,
  tunedModel: "tuned",
  deployment: null,
  ...part,
});
const deployed = (state: "pending" | "running" | "stopped" | "failed") =>
  job({ deployment: { model: "tuned", state } });

test("a model is used only once it runs somewhere", () => {
  for (const state of fineTuneStates) expect(stepsFor(job({ state }))).not.toContain("use");
  expect(stepsFor(deployed("running"))[0]).toBe("use");
  expect(stepsFor(deployed("pending"))).not.toContain("use");
});
test("a deployment that failed or stopped can be started again", () => {
  expect(stepsFor(deployed("failed"))[0]).toBe("deploy");
  expect(stepsFor(deployed("stopped"))[0]).toBe("deploy");
});
test("what is under way can be cancelled and is asked about again", () => {
  expect(stepsFor(job({ state: "running" }))).toEqual(["cancel"]);
  expect(isUnderWay(job({ state: "running" }))).toBe(true);
  expect(isUnderWay(deployed("pending"))).toBe(true);
  expect(isUnderWay(deployed("running"))).toBe(false);
});
