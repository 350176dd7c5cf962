import { AppError } from "../../contract/errors.ts";
import type { FineTuneJob } from "../../contract/fine-tune.ts";
import { readFault, toAppError } from "../openai-compatible/fault.ts";
import { classifyQwenFault } from "../qwen/classify-fault.ts";
import { isPassing, retryAfterOf, type RetryClock } from "../wire/retry.ts";
import { readText, type WireFetch, type WireReply, type WireRequest } from "../wire/wire-fetch.ts";
import { fileUpload } from "./multipart.ts";
import * as replies from "./tuning-replies.ts";

export interface TuningOptions {
  /** As `tuningAddress` gives it. */
  readonly base: string;
  /** Authorisation; never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: WireFetch;
  readonly clock: RetryClock;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds between two looks at a job or deployment. */
  readonly interval?: number;
}

export interface NewTuning {
  /** A base model; aliases such as qwen-plus cannot be tuned. */
  readonly base: string;
  readonly trainingFiles: readonly string[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Tokens of an example; longer ones are cut by the provider. */
  readonly maxLength: number;
  readonly jobName: string;
  readonly modelName: string;
}

/** Fine-tuning as hosted Qwen does it (low-rank, from files, then a deployment paid by token). */
export interface TuningClient {
  upload(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<string>;
  removeFile(fileId: string, signal: AbortSignal): Promise<void>;
  create(tuning: NewTuning, signal: AbortSignal): Promise<FineTuneJob>;
  /** Jobs with their deployments, as far as the provider lists them. */
  list(signal: AbortSignal): Promise<readonly FineTuneJob[]>;
  read(jobId: string, signal: AbortSignal): Promise<FineTuneJob>;
  log(jobId: string, from: number, signal: AbortSignal): Promise<{ lines: string[]; total: number }>;
  /** The job whenever it has changed, until it has succeeded, failed or been cancelled. */
  follow(jobId: string, signal: AbortSignal): AsyncIterable<FineTuneJob>;
  /** Work done until then is billed. */
  cancel(jobId: string, signal: AbortSignal): Promise<void>;
  remove(jobId: string, signal: AbortSignal): Promise<void>;
  deploy(model: string, name: string, signal: AbortSignal): Promise<replies.Deployment>;
  /** The deployment whenever it has changed, until it serves calls or has failed. */
  followDeployment(deploymentId: string, signal: AbortSignal): AsyncIterable<replies.Deployment>;
  undeploy(deploymentId: string, signal: AbortSignal): Promise<void>;
}

/** The native root of a hosted Qwen address: fine-tuning has no compatible one. */
export const tuningAddress = (base: string): string =>
  `${base.replace(/\/(compatible-mode|api)\/v1\/?$/, "").replace(/\/+$/, "")}/api/v1`;

const firstPage = "page_no=1&page_size=100";
const lastLines = 100;
const mostFailedLooks = 5;

/** The client of one account; all its calls go through `fetch`. Errors are those of hosted Qwen. */
export function makeTuningClient(options: TuningOptions): TuningClient {
  const { base, fetch, clock } = options;
  const interval = options.interval ?? 15_000;

  async function failure(reply: WireReply): Promise<AppError> {
    const fault = readFault(reply.status, await readText(reply.body));
    return toAppError(fault, retryAfterOf(reply.headers, options.now()), classifyQwenFault);
  }

  async function call(path: string, request: Partial<WireRequest>, signal: AbortSignal) {
    const headers = { ...options.headers, accept: "application/json", ...request.headers };
    const reply = await fetch(`${base}${path}`, { method: "GET", ...request, headers }, signal);
    if (reply.status < 200 || reply.status > 299) throw await failure(reply);
    return replies.outputOf(await readText(reply.body, 8_000_000));
  }
  const post = (path: string, body: unknown, signal: AbortSignal) =>
    call(
      path,
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      signal,
    );
  const drop = async (path: string, signal: AbortSignal) =>
    void (await call(path, { method: "DELETE" }, signal));
  const jobPath = (id: string) => `/fine-tunes/${encodeURIComponent(id)}`;
  const deploymentPath = (id: string) => `/deployments/${encodeURIComponent(id)}`;

  async function log(jobId: string, from: number, signal: AbortSignal) {
    return replies.readLog(await call(`${jobPath(jobId)}/logs?offset=${from}&line=${lastLines}`, {}, signal));
  }

  /** What is deployed; the list is not documented, so an account without it has none that we can see. */
  async function deployments(signal: AbortSignal): Promise<readonly replies.Deployment[]> {
    try {
      return replies.readDeployments(await call(`/deployments?${firstPage}`, {}, signal));
    } catch (error) {
      if (error instanceof AppError && error.code === "provider-bad-request") return [];
      throw error;
    }
  }

  /** A job while it runs, with the progress that its newest log lines name. */
  async function look(
    jobId: string,
    place: { offset: number; progress: number | null },
    signal: AbortSignal,
  ) {
    const output = await call(jobPath(jobId), {}, signal);
    if (replies.readJob(output).state !== "running") return replies.readJob(output, place.progress);
    const { lines, total } = await log(jobId, place.offset, signal);
    place.offset = Math.min(total, place.offset + lines.length);
    place.progress = replies.progressOf(lines) ?? place.progress;
    return replies.readJob(output, place.progress);
  }

  /** Looks until it is over; a few failed looks in a row do not end the following. */
  async function* watch<State>(
    lookOnce: () => Promise<State>,
    isOver: (state: State) => boolean,
    signal: AbortSignal,
  ): AsyncGenerator<State> {
    let last = "";
    let failed = 0;
    for (;;) {
      signal.throwIfAborted();
      try {
        const state = await lookOnce();
        failed = 0;
        const now = JSON.stringify(state);
        if (now !== last) yield state;
        last = now;
        if (isOver(state)) return;
        await clock.sleep(interval, signal);
      } catch (error) {
        signal.throwIfAborted();
        failed += 1;
        if (!isPassing(error) || failed >= mostFailedLooks) throw error;
        await clock.sleep(error.retryAfter ?? interval, signal);
      }
    }
  }

  return {
    async upload(bytes, name, signal) {
      const { headers, body } = fileUpload(bytes, name);
      return replies.readFileId(await call("/files", { method: "POST", headers, body }, signal));
    },
    removeFile: (fileId, signal) => drop(`/files/${encodeURIComponent(fileId)}`, signal),
    async create(tuning, signal) {
      const body = {
        model: tuning.base,
        training_type: "efficient_sft",
        training_datasets: tuning.trainingFiles.map((id) => ({ data_source_type: "file_id", file_id: id })),
        validation_datasets: [],
        hyper_parameters: {
          n_epochs: tuning.epochs,
          batch_size: tuning.batchSize,
          max_length: tuning.maxLength,
          // A string, as the provider's own examples send it.
          learning_rate: "1.6e-5",
          lora_rank: 64,
        },
        job_name: tuning.jobName,
        model_name: tuning.modelName,
      };
      return replies.readJob(await post("/fine-tunes", body, signal));
    },
    async list(signal) {
      const jobs = replies.readJobs(await call(`/fine-tunes?${firstPage}`, {}, signal));
      const served = jobs.some(({ tunedModel }) => tunedModel !== null) ? await deployments(signal) : [];
      return jobs.map((job) => replies.withDeployment(job, served));
    },
    async read(jobId, signal) {
      const job = replies.readJob(await call(jobPath(jobId), {}, signal));
      return job.tunedModel === null ? job : replies.withDeployment(job, await deployments(signal));
    },
    log,
    follow(jobId, signal) {
      const place = { offset: 0, progress: null };
      const isOver = ({ state }: FineTuneJob) => ["succeeded", "failed", "cancelled"].includes(state);
      return watch(() => look(jobId, place, signal), isOver, signal);
    },
    async cancel(jobId, signal) {
      await post(`${jobPath(jobId)}/cancel`, {}, signal);
    },
    remove: (jobId, signal) => drop(jobPath(jobId), signal),
    async deploy(model, name, signal) {
      const body = { model_name: model, plan: "lora", capacity: 1, name };
      return replies.readDeployment(await post("/deployments", body, signal));
    },
    followDeployment(deploymentId, signal) {
      const lookOnce = async () =>
        replies.readDeployment(await call(deploymentPath(deploymentId), {}, signal));
      return watch(lookOnce, ({ state }) => state !== "pending", signal);
    },
    undeploy: (deploymentId, signal) => drop(deploymentPath(deploymentId), signal),
  };
}
