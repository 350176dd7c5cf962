import type { FineTuneJob } from "../contract/fine-tune.ts";
import type { TuningClient } from "../providers/fine-tune/tuning-client.ts";
import { progressOf } from "../providers/fine-tune/tuning-replies.ts";

/** Looks at jobs with as few calls as the provider's protocol allows: each one is a row of the ledger. */
export interface TuningLooks {
  /** A job that is not over as it stands now, with the progress that the end of its log names. */
  job(client: TuningClient, jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
}

/** Lines of a log that are looked at for its newest step. */
const lastLines = 50;
/** Jobs whose log's length is remembered. */
const mostRemembered = 200;

export function makeTuningLooks(): TuningLooks {
  /** Lines of each job's log at the last look: the next one begins shortly before its end. */
  const sizes = new Map<string, number>();

  async function newestLines(client: TuningClient, jobId: string, signal: AbortSignal) {
    const from = Math.max(0, (sizes.get(jobId) ?? 0) - lastLines);
    const first = await client.log(jobId, from, signal);
    if (sizes.size >= mostRemembered) sizes.clear();
    sizes.set(jobId, first.total);
    const isWhole = first.total <= from + first.lines.length;
    return isWhole ? first : client.log(jobId, Math.max(0, first.total - lastLines), signal);
  }

  return {
    job: async (client, jobId, signal) => {
      const job = await client.read(jobId, signal);
      if (job.state !== "running") return job;
      return { ...job, progress: progressOf((await newestLines(client, jobId, signal)).lines) };
    },
  };
}

/** A job whose deployment is on its way, with where it is now. */
export async function withDeploymentNow(
  client: TuningClient,
  job: FineTuneJob,
  signal: AbortSignal,
): Promise<FineTuneJob> {
  const { deployment } = job;
  if (deployment?.state !== "pending") return job;
  for await (const { state } of client.followDeployment(deployment.model, signal))
    return { ...job, deployment: { ...deployment, state } };
  return job;
}
