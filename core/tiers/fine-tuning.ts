import { randomUUID } from "node:crypto";
import { AppError } from "../contract/errors.ts";
import type { FineTuneJob, FineTuneQuote, FineTuneReview } from "../contract/fine-tune.ts";
import type { CollectionReach } from "../contract/provenance.ts";
import type { TierStatus } from "../contract/providers.ts";
import { localDay } from "../providers/cost-booking.ts";
import { quoteTuning } from "../providers/fine-tune/estimate-tuning.ts";
import { chosenExamples, trainingFile } from "../providers/fine-tune/training-lines.ts";
import { tunedProvider } from "../providers/fine-tune/tuned-provider.ts";
import { makeTuningClient, tuningAddress, type TuningClient } from "../providers/fine-tune/tuning-client.ts";
import { providerAddress } from "../providers/registry.ts";
import { requestHeaders } from "../providers/wire/request-headers.ts";
import { realClock } from "../providers/wire/retry.ts";
import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import type { Envelope } from "../safety/envelope/envelope.ts";
import type { GateContext } from "../safety/gate/gate.ts";
import type { TrainingFile } from "../store/training-files.ts";
import { originOfProvider } from "./provider-config.ts";
import type { OpenProvider, ProviderBook } from "./provider-book.ts";
import { recordedOf, recorder } from "./record-request.ts";
import type { Spending } from "./spending.ts";
import type { TierStore } from "./tier-store.ts";
import { joinEqual } from "./join-equal.ts";
import type { CountingFor } from "./token-counting.ts";
import { isOver, makeTrainingFiles } from "./training-files.ts";
import { makeTrainingReview } from "./training-review.ts";
import { makeTuningLooks, withDeploymentNow } from "./tuning-looks.ts";

/** What a person chose to tune with. */
export interface TuningChoice {
  readonly model: string;
  readonly epochs: number;
  readonly exampleIds: readonly number[];
}

/** A choice with the account that it is for, and the job's name. */
export interface NewTuningJob extends TuningChoice {
  readonly provider: string;
  readonly name: string;
}

/** From accepted suggestions to a tuned `high-quality` tier, one step at a time, each asked for by the person. */
export interface FineTuning {
  /** What may be uploaded, and what is left out since a collection keeps it on this device. */
  examples(signal: AbortSignal): Promise<FineTuneReview>;
  /** The chosen examples as messages-JSONL. */
  file(exampleIds: readonly number[], signal: AbortSignal): Promise<string>;
  quote(choice: TuningChoice, signal: AbortSignal): Promise<FineTuneQuote>;
  /**
   * Uploads and starts; asked of the budget first, and booked at its quote. Asked for the same while that is under
   * way, it starts nothing more. Rejects with not-allowed for a base that has no price.
   */
  start(choice: NewTuningJob, signal: AbortSignal): Promise<FineTuneJob>;
  /** Deletes the uploaded files of jobs that are over. */
  jobs(provider: string, signal: AbortSignal): Promise<FineTuneJob[]>;
  cancel(provider: string, jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
  deploy(provider: string, jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
  /** Makes the deployment the `high-quality` tier. */
  use(provider: string, jobId: string, signal: AbortSignal): Promise<TierStatus[]>;
  /** Takes the deployment down, forgets the job and deletes its file. */
  remove(provider: string, jobId: string, signal: AbortSignal): Promise<void>;
}

export interface FineTuningOptions {
  readonly store: TierStore;
  readonly book: ProviderBook;
  readonly envelope: Envelope;
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
  readonly spending: Spending;
  readonly countingFor: CountingFor;
  readonly chooseHighQuality: (provider: string, signal: AbortSignal) => Promise<TierStatus[]>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** As the provider advises for low-rank tuning. */
const batchSize = 16;
const maxLength = 8192;

export function makeFineTuning(options: FineTuningOptions): FineTuning {
  const { store, book, envelope, spending, now } = options;
  const review = makeTrainingReview(options);
  const files = makeTrainingFiles({ store, now });
  const looks = makeTuningLooks();

  const contextOf = (): GateContext => ({
    requestId: `fine-tune-${randomUUID()}`,
    purpose: "fine-tune",
    tier: "high-quality",
  });

  /** The native protocol of an account. Rejects with not-allowed for anything but hosted Qwen. */
  async function account(
    name: string,
    signal: AbortSignal,
  ): Promise<{ open: OpenProvider; over: (fetch: WireFetch) => TuningClient; client: TuningClient }> {
    const open = await book.open(name, signal);
    const { config, secrets } = open;
    if (config.vendor !== "qwen")
      throw new AppError("not-allowed", { facts: { reason: "fine-tune-needs-hosted-qwen" } });
    const over = (fetch: WireFetch) =>
      makeTuningClient({
        base: tuningAddress(providerAddress(config)),
        headers: requestHeaders(config, secrets),
        fetch,
        clock: realClock,
        now,
      });
    // Whoever looks at jobs is handed no text; the file goes out sealed.
    return { open, over, client: over(envelope.fetchWithoutText(contextOf())) };
  }

  const chosen = async (ids: readonly number[], signal: AbortSignal) =>
    chosenExamples((await review(contextOf(), null, signal)).examples, ids);

  /** Reviews, seals and sends the file of the chosen examples. */
  async function upload(
    choice: NewTuningJob,
    { open, over }: Awaited<ReturnType<typeof account>>,
    signal: AbortSignal,
  ): Promise<TrainingFile> {
    const context = contextOf();
    const { examples, protectedParts } = await review(context, originOfProvider(open.config), signal);
    const text = trainingFile(chosenExamples(examples, choice.exampleIds));
    const fileName = `${choice.name}.jsonl`;
    const bytesOf = (written: string) => new TextEncoder().encode(written);
    const letter = await envelope.write(protectedParts, [text], ([written = ""]) =>
      recordedOf(() => over(recorder).upload(bytesOf(written), fileName, signal)),
    );
    const breakSeal = await envelope.seal(letter, signal);
    try {
      const fileId = await over(envelope.fetch(context)).upload(bytesOf(text), fileName, signal);
      return await files.add(choice.provider, fileId, choice.name);
    } finally {
      breakSeal();
    }
  }

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

  async function start(choice: NewTuningJob, signal: AbortSignal): Promise<FineTuneJob> {
    const { provider, model, epochs, name } = choice;
    const there = await account(provider, signal);
    const { client } = there;
    const { tokens, cost } = quoteTuning(await chosen(choice.exampleIds, signal), model, epochs);
    const micros = Math.round(cost.amount * 1_000_000);
    const release = await spending.reserve({ provider, model, dearest: { currency: "CNY", micros } }, signal);
    function bookJob(requestId: string): void {
      const time = now();
      spending.bookTuning({
        requestId,
        time,
        day: localDay(time),
        provider,
        model: `${model} (fine-tune)`,
        tier: "high-quality",
        inputTokens: tokens * epochs,
        outputTokens: 0,
        micros,
        currency: "CNY",
        estimated: true,
      });
    }
    try {
      const file = await upload(choice, there, signal);
      const tuning = {
        base: model,
        trainingFiles: [file.fileId],
        epochs,
        batchSize,
        maxLength,
        jobName: name,
        modelName: name,
      };
      const job = await files.jobFor(file, client, () => client.create(tuning, signal), {
        // Nobody knows whether it was taken: it counts as spent.
        unknown: () => bookJob(file.fileId),
      });
      bookJob(job.jobId);
      return job;
    } finally {
      release();
    }
  }

  return {
    examples: async (signal) => {
      const { examples, leftOut } = await review(contextOf(), null, signal);
      return { examples, leftOut };
    },
    file: async (ids, signal) => trainingFile(await chosen(ids, signal)),
    quote: async ({ model, epochs, exampleIds }, signal) =>
      quoteTuning(await chosen(exampleIds, signal), model, epochs),
    start: joinEqual(start),
    jobs: async (provider, signal) => {
      const { client } = await account(provider, signal);
      const listed = await client.list(signal);
      await files.sweep(provider, listed, client, signal);
      const jobs: FineTuneJob[] = [];
      for (const job of listed)
        jobs.push(
          await withDeploymentNow(
            client,
            isOver(job) ? job : await looks.job(client, job.jobId, signal),
            signal,
          ),
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
      await files.jobGone(provider, jobId, client, signal);
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
