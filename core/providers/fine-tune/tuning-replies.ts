import { AppError } from "../../contract/errors.ts";
import type { FineTuneJob } from "../../contract/fine-tune.ts";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const unreadable = (cause?: unknown): AppError =>
  new AppError("provider-server", { cause, facts: { reason: "unreadable-reply" } });

/** The `output` of a reply, or its `data` (files), or the body itself. */
export function outputOf(body: string): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (cause) {
    throw unreadable(cause);
  }
  if (!isObject(parsed)) throw unreadable();
  for (const name of ["output", "data"]) if (isObject(parsed[name])) return parsed[name];
  return parsed;
}

/** The id of the file just uploaded. Throws provider-bad-request when the provider did not take it. */
export function readFileId(output: Json): string {
  const uploaded = Array.isArray(output["uploaded_files"]) ? (output["uploaded_files"] as unknown[]) : [];
  const [file] = uploaded;
  const id = isObject(file) ? text(file["file_id"]) : null;
  if (id !== null) return id;
  const failed = Array.isArray(output["failed_uploads"]) ? (output["failed_uploads"] as unknown[]) : [];
  const [reason] = failed;
  const code = isObject(reason) ? text(reason["code"]) : null;
  throw new AppError("provider-bad-request", {
    facts: { reason: "upload", ...(code !== null && { code: code.slice(0, 80) }) },
  });
}

const states: ReadonlyMap<string, FineTuneJob["state"]> = new Map([
  ["pending", "pending"],
  ["queuing", "queuing"],
  ["queueing", "queuing"],
  ["running", "running"],
  ["canceling", "cancelling"],
  ["cancelling", "cancelling"],
  ["succeeded", "succeeded"],
  ["failed", "failed"],
  ["canceled", "cancelled"],
  ["cancelled", "cancelled"],
]);

/** A job as the provider tells it; `progress` comes from its log, the deployment from elsewhere. */
export function readJob(output: Json, progress: number | null = null): FineTuneJob {
  const jobId = text(output["job_id"]);
  const state = states.get((text(output["status"]) ?? "").toLowerCase());
  if (jobId === null || state === undefined) throw unreadable();
  const tokens = Number(output["usage"] ?? Number.NaN);
  return {
    jobId,
    name: text(output["job_name"]) ?? jobId,
    baseModel: text(output["model"]) ?? text(output["base_model"]) ?? "",
    state,
    createdAt: readTime(output["create_time"] ?? output["gmt_create"]),
    tunedModel: state === "succeeded" ? text(output["finetuned_output"]) : null,
    deployment: null,
    progress: state === "succeeded" ? 1 : progress,
    tokens: Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null,
    message: text(output["message"]),
  };
}

/** Unix milliseconds of a time as number (seconds or milliseconds) or as text, which is Beijing's where it names no zone. */
function readTime(value: unknown): number | null {
  if (typeof value === "number") return value < 1e11 ? value * 1000 : value;
  const given = text(value);
  if (given === null) return null;
  const iso = given.replace(" ", "T");
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}+08:00`);
  return Number.isNaN(time) ? null : time;
}

export function readJobs(output: Json): FineTuneJob[] {
  const rows = output["jobs"];
  return (Array.isArray(rows) ? rows : []).filter(isObject).map((row) => readJob(row));
}

/** A tuned model that serves calls under `id`. */
export interface Deployment {
  readonly id: string;
  /** The tuned model. */
  readonly model: string;
  readonly state: "pending" | "running" | "stopped" | "failed";
}

/** A deployment; what is neither running, stopped nor failed is still on its way. */
export function readDeployment(output: Json): Deployment {
  const id = text(output["deployed_model"]);
  if (id === null) throw unreadable();
  const status = (text(output["status"]) ?? "").toLowerCase();
  const state = /fail|error/.test(status) ? "failed" : /stop|offline/.test(status) ? "stopped" : "pending";
  return { id, model: text(output["model_name"]) ?? id, state: status === "running" ? "running" : state };
}

export function readDeployments(output: Json): Deployment[] {
  const rows = output["deployments"];
  return (Array.isArray(rows) ? rows : []).filter(isObject).map((row) => readDeployment(row));
}

/** A job with the deployment of its model, where there is one. */
export function withDeployment(job: FineTuneJob, deployments: readonly Deployment[]): FineTuneJob {
  const found = deployments.find(({ model }) => model === job.tunedModel);
  return found ? { ...job, deployment: { model: found.id, state: found.state } } : job;
}

/** Lines of a job's log and how many there are in all. */
export function readLog(output: Json): { readonly lines: string[]; readonly total: number } {
  const rows = Array.isArray(output["logs"]) ? (output["logs"] as unknown[]) : [];
  const lines = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)));
  return { lines, total: Number(output["total"] ?? lines.length) };
}

/** The share done by the last line that names a step ("step 12/120"); null: none does. The log's form is not documented. */
export function progressOf(lines: readonly string[]): number | null {
  for (const line of lines.toReversed()) {
    const [, done, all] = /\b(?:step|iter(?:ation)?)s?\D{0,4}(\d+)\s*(?:\/|of)\s*(\d+)/i.exec(line) ?? [];
    if (done !== undefined && Number(all) > 0) return Math.min(1, Number(done) / Number(all));
  }
  return null;
}
