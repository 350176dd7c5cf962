import { AppError } from "../contract/errors.ts";
import type { FineTuneJob } from "../contract/fine-tune.ts";
import type { TuningClient } from "../providers/fine-tune/tuning-client.ts";
import { isPassing } from "../providers/wire/retry.ts";
import type { TrainingFile } from "../store/training-files.ts";
import { always, type TierStore } from "./tier-store.ts";

/** Training files from their upload to their deletion: each is written down before anything else is done with it. */
export interface TrainingFiles {
  add(provider: string, fileId: string, jobName: string): Promise<TrainingFile>;
  /**
   * The job that was created for a file. A refused one takes its file with it. Where nobody knows whether it was
   * taken it is looked for; `unknown` is called where that cannot be told either, and the error is thrown.
   */
  jobFor(
    file: TrainingFile,
    client: TuningClient,
    create: () => Promise<FineTuneJob>,
    when: { readonly unknown: () => void },
  ): Promise<FineTuneJob>;
  /** Deletes the files of jobs that are over, and of those that never came to be. What fails is tried next time. */
  sweep(
    provider: string,
    jobs: readonly FineTuneJob[],
    client: TuningClient,
    signal: AbortSignal,
  ): Promise<void>;
  jobGone(provider: string, jobId: string, client: TuningClient, signal: AbortSignal): Promise<void>;
}

/** Milliseconds that another side's clock may be behind ours. */
const clockSkew = 600_000;
/** Milliseconds for putting things in order after a failure. */
const patience = 30_000;

export const isOver = ({ state }: FineTuneJob): boolean =>
  ["succeeded", "failed", "cancelled"].includes(state);

export function makeTrainingFiles({
  store,
  now,
}: {
  readonly store: TierStore;
  readonly now: () => number;
}): TrainingFiles {
  /** Uploaded by a start that is still under way: no sweep takes them for left behind. */
  const inHand = new Set<string>();
  const keyOf = ({ provider, fileId }: TrainingFile): string => JSON.stringify([provider, fileId]);
  const known = (provider: string) => store.request("tiers.training-files", { provider }, always);

  async function give(file: TrainingFile, job: FineTuneJob): Promise<FineTuneJob> {
    await store.request("tiers.put-training-file", { ...file, jobId: job.jobId }, always);
    return job;
  }

  async function remove(file: TrainingFile, client: TuningClient, signal: AbortSignal): Promise<void> {
    try {
      await client.removeFile(file.fileId, signal);
    } catch (error) {
      // Gone already is as good; anything else is tried again at the next look.
      if (!(error instanceof AppError)) throw error;
      if (error.facts?.["status"] !== 404) return;
    }
    await store.request("tiers.delete-training-file", file, always);
  }

  /** A job of that name, made since the upload, that no other file is known for. */
  async function jobMadeFor(file: TrainingFile, jobs: readonly FineTuneJob[]): Promise<FineTuneJob | null> {
    const others = new Set((await known(file.provider)).map(({ jobId }) => jobId));
    const isIts = ({ name, createdAt, jobId }: FineTuneJob) =>
      name === file.jobName &&
      !others.has(jobId) &&
      (createdAt === null || createdAt >= file.uploadedAt - clockSkew);
    return jobs.find(isIts) ?? null;
  }

  return {
    add: async (provider, fileId, jobName) => {
      const file: TrainingFile = { provider, fileId, jobId: null, jobName, uploadedAt: now() };
      inHand.add(keyOf(file));
      await store.request("tiers.put-training-file", file, always);
      return file;
    },
    jobFor: async (file, client, create, when) => {
      try {
        return await give(file, await create());
      } catch (error) {
        const soon = AbortSignal.timeout(patience);
        if (error instanceof AppError && error.code !== "cancelled" && !isPassing(error)) {
          await remove(file, client, soon);
          throw error;
        }
        let jobs: readonly FineTuneJob[];
        try {
          jobs = await client.list(soon);
        } catch {
          when.unknown();
          throw error;
        }
        const made = await jobMadeFor(file, jobs);
        if (made !== null) return await give(file, made);
        await remove(file, client, soon);
        throw error;
      } finally {
        inHand.delete(keyOf(file));
      }
    },
    sweep: async (provider, jobs, client, signal) => {
      for (const file of await known(provider)) {
        if (inHand.has(keyOf(file))) continue;
        const job =
          file.jobId === null
            ? await jobMadeFor(file, jobs)
            : (jobs.find(({ jobId }) => jobId === file.jobId) ?? null);
        if (job !== null && file.jobId === null) await give(file, job);
        // A job that is not listed may be older than the list is long.
        if (job === null ? file.jobId === null : isOver(job)) await remove(file, client, signal);
      }
    },
    jobGone: async (provider, jobId, client, signal) => {
      for (const file of await known(provider)) if (file.jobId === jobId) await remove(file, client, signal);
    },
  };
}
