import { randomUUID } from "node:crypto";
import { AppError } from "../contract/errors.ts";
import type { FineTuneExample, FineTuneJob, FineTuneQuote } from "../contract/fine-tune.ts";
import type { TierStatus } from "../contract/providers.ts";
import { localDay } from "../providers/cost-booking.ts";
import { quoteTuning } from "../providers/fine-tune/estimate-tuning.ts";
import {
  chosenExamples,
  reviewExamples,
  trainingFile,
  type MaskTexts,
} from "../providers/fine-tune/training-lines.ts";
import { tunedProvider } from "../providers/fine-tune/tuned-provider.ts";
import { makeTuningClient, tuningAddress, type TuningClient } from "../providers/fine-tune/tuning-client.ts";
import { progressOf } from "../providers/fine-tune/tuning-replies.ts";
import { providerAddress } from "../providers/registry.ts";
import { requestHeaders } from "../providers/wire/request-headers.ts";
import { realClock } from "../providers/wire/retry.ts";
import type { GateContext, GateFetch } from "../safety/gate/gate.ts";
import type { TierStore } from "./tier-store.ts";
import type { OpenProvider, ProviderBook } from "./provider-book.ts";
import type { Spending } from "./spending.ts";
import { countingFor } from "./token-counting.ts";

/** What a person chose to tune with. */
export interface TuningChoice {
  readonly model: string;
  readonly epochs: number;
  readonly exampleIds: readonly number[];
}

/** From accepted suggestions to a tuned `high-quality` tier, one step at a time, each asked for by the person. */
export interface FineTuning {
  examples(signal: AbortSignal): Promise<FineTuneExample[]>;
  /** The chosen examples as messages-JSONL. */
  file(exampleIds: readonly number[], signal: AbortSignal): Promise<Uint8Array>;
  quote(choice: TuningChoice, signal: AbortSignal): Promise<FineTuneQuote>;
  /** Uploads and starts; asked of the budget first, and booked at its quote. */
  start(
    choice: TuningChoice & { readonly provider: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<FineTuneJob>;
  jobs(provider: string, signal: AbortSignal): Promise<FineTuneJob[]>;
  cancel(provider: string, jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
  deploy(provider: string, jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
  /** Makes the deployment the `high-quality` tier. */
  use(provider: string, jobId: string, signal: AbortSignal): Promise<TierStatus[]>;
  /** Takes the deployment down and forgets the job. */
  remove(provider: string, jobId: string, signal: AbortSignal): Promise<void>;
}

export interface FineTuningOptions {
  readonly store: TierStore;
  readonly book: ProviderBook;
  readonly gate: (context: GateContext) => GateFetch;
  readonly spending: Spending;
  readonly chooseHighQuality: (provider: string, signal: AbortSignal) => Promise<TierStatus[]>;
  /** Null while no sanitiser is installed; the review says so. */
  readonly mask: MaskTexts | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** As the provider advises for low-rank tuning. */
const batchSize = 16;
const maxLength = 8192;
/** Lines of a log that are looked at for its newest step. */
const lastLines = 50;

export function makeFineTuning(options: FineTuningOptions): FineTuning {
  const { store, book, spending, now } = options;

  /** The native protocol of a hosted Qwen provider. Rejects with not-allowed for any other. */
  async function account(
    name: string,
    signal: AbortSignal,
  ): Promise<{ open: OpenProvider; client: TuningClient }> {
    const open = await book.open(name, signal);
    const { config, secrets } = open;
    if (config.vendor !== "qwen")
      throw new AppError("not-allowed", { facts: { reason: "fine-tune-needs-hosted-qwen" } });
    const fetch = options.gate({
      requestId: `fine-tune-${randomUUID()}`,
      purpose: "fine-tune",
      tier: "high-quality",
    });
    const client = makeTuningClient({
      base: tuningAddress(providerAddress(config)),
      headers: requestHeaders(config, secrets),
      fetch,
      clock: realClock,
      now,
    });
    return { open, client };
  }

  async function examples(signal: AbortSignal): Promise<FineTuneExample[]> {
    const { count } = await countingFor({ vendor: "qwen", model: "qwen3-8b" });
    const accepted = await store.request("tiers.accepted", undefined, signal);
    return reviewExamples(accepted, { mask: options.mask, count }, signal);
  }
  const chosen = async (ids: readonly number[], signal: AbortSignal) =>
    chosenExamples(await examples(signal), ids);

  async function tunedJob(
    provider: string,
    jobId: string,
    signal: AbortSignal,
  ): Promise<{ open: OpenProvider; client: TuningClient; job: FineTuneJob; tunedModel: string }> {
    const { open, client } = await account(provider, signal);
    const job = await client.read(jobId, signal);
    if (job.tunedModel === null) throw new AppError("bad-request", { facts: { reason: "job-not-finished" } });
    return { open, client, job, tunedModel: job.tunedModel };
  }

  return {
    examples,
    file: async (ids, signal) => trainingFile(await chosen(ids, signal)),
    quote: async ({ model, epochs, exampleIds }, signal) =>
      quoteTuning(await chosen(exampleIds, signal), model, epochs),
    start: async ({ provider, model, epochs, exampleIds, name }, signal) => {
      const { client } = await account(provider, signal);
      const wanted = await chosen(exampleIds, signal);
      const bytes = trainingFile(wanted);
      const { tokens, cost } = quoteTuning(wanted, model, epochs);
      const micros = cost === null ? null : Math.round(cost.amount * 1_000_000);
      const release = await spending.reserve(
        { provider, model, dearest: micros === null ? null : { currency: "CNY", micros } },
        signal,
      );
      try {
        const file = await client.upload(bytes, `${name}.jsonl`, signal);
        const job = await client.create(
          {
            base: model,
            trainingFiles: [file],
            epochs,
            batchSize,
            maxLength,
            jobName: name,
            modelName: name,
          },
          signal,
        );
        const time = now();
        const spend = {
          requestId: job.jobId,
          time,
          day: localDay(time),
          provider,
          model: `${model} (fine-tune)`,
          tier: "high-quality",
          inputTokens: tokens * epochs,
          outputTokens: 0,
          micros: micros ?? 0,
          currency: "CNY",
          estimated: true,
        } as const;
        spending.bookTuning(spend);
        return job;
      } finally {
        release();
      }
    },
    jobs: async (provider, signal) => {
      const { client } = await account(provider, signal);
      const jobs: FineTuneJob[] = [];
      for (const job of await client.list(signal))
        jobs.push(
          await withDeploymentNow(client, isOver(job) ? job : await look(client, job.jobId, signal), signal),
        );
      return jobs;
    },
    cancel: async (provider, jobId, signal) => {
      const { client } = await account(provider, signal);
      await client.cancel(jobId, signal);
      return client.read(jobId, signal);
    },
    deploy: async (provider, jobId, signal) => {
      const { client, job, tunedModel } = await tunedJob(provider, jobId, signal);
      const { id, state } = await client.deploy(tunedModel, job.name, signal);
      return { ...job, deployment: { model: id, state } };
    },
    use: async (provider, jobId, signal) => {
      const { open, job } = await tunedJob(provider, jobId, signal);
      if (job.deployment?.state !== "running")
        throw new AppError("provider-loading", { facts: { reason: "deployment-not-running" } });
      const name = tunedName(job.name);
      const taken = (await book.list(signal)).find((one) => one.name === name);
      if (taken !== undefined && taken.tunedFrom === undefined)
        throw new AppError("bad-request", { facts: { reason: "name-taken", name } });
      const config = tunedProvider(open.config, job.deployment.model, job.baseModel, name);
      // It is the same account: the key goes with it, inside the encrypted store.
      await store.request("tiers.put-provider", { config, secrets: open.secrets }, signal);
      return options.chooseHighQuality(name, signal);
    },
    remove: async (provider, jobId, signal) => {
      const { client } = await account(provider, signal);
      const { deployment } = await client.read(jobId, signal);
      if (deployment !== null) await client.undeploy(deployment.model, signal);
      await client.remove(jobId, signal);
    },
  };
}

/** A provider's name made of a job's. */
function tunedName(job: string): string {
  const words = job
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `tuned-${words === "" ? "model" : words}`.slice(0, 40);
}

const isOver = ({ state }: FineTuneJob): boolean => ["succeeded", "failed", "cancelled"].includes(state);

/** A job as it stands now, with the progress that the end of its log names. */
async function look(client: TuningClient, jobId: string, signal: AbortSignal): Promise<FineTuneJob> {
  const job = await client.read(jobId, signal);
  if (job.state !== "running") return job;
  const first = await client.log(jobId, 0, signal);
  const { lines } =
    first.total > first.lines.length
      ? await client.log(jobId, Math.max(0, first.total - lastLines), signal)
      : first;
  return { ...job, progress: progressOf(lines) };
}

/** A job whose deployment is on its way, with where it is now. */
async function withDeploymentNow(
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
