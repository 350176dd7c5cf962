import type { FineTuneJob } from "../../../core/contract/fine-tune.ts";

export type JobStep = "cancel" | "deploy" | "use" | "remove";

/** True while the provider is still at work on it, so that it is asked about again. */
export function isUnderWay({ state, deployment }: FineTuneJob): boolean {
  return (
    state === "pending" ||
    state === "queuing" ||
    state === "running" ||
    state === "cancelling" ||
    deployment?.state === "pending"
  );
}

/** What can be done with a job now, the likeliest first. */
export function stepsFor(job: FineTuneJob): JobStep[] {
  switch (job.state) {
    case "pending":
    case "queuing":
    case "running":
      return ["cancel"];
    case "cancelling":
      return [];
    case "succeeded":
      if (job.deployment?.state === "running") return ["use", "remove"];
      return job.deployment?.state === "pending" ? ["remove"] : ["deploy", "remove"];
    default:
      return ["remove"];
  }
}
