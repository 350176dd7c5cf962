import { fakeTokens } from "./chat-events.ts";
import {
  startHttpFake,
  type FakeReply,
  type FakeServer,
  type FakeTls,
  type SeenRequest,
} from "./http-fake.ts";

export interface FineTuneFakeOptions {
  readonly apiKey?: string;
  readonly bases?: readonly string[];
  /** Steps a job takes while it runs; each look is one. */
  readonly steps?: number;
  /** The job ends as failed. */
  readonly failsJob?: boolean;
  readonly mostJobs?: number;
  readonly tls?: FakeTls;
  readonly port?: number;
}

/** A refusal of the next call, flat as the native protocol words it. */
export interface NativeError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface FineTuneFake extends FakeServer {
  /** The native root. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Training files by id, as they came. */
  readonly files: ReadonlyMap<string, string>;
  readonly deployments: ReadonlyMap<string, { readonly model: string; readonly status: string }>;
  fail(...errors: readonly NativeError[]): void;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly base: string;
  readonly output: string;
  readonly tokens: number;
  status: string;
  looks: number;
}

interface Outcome {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const refuse = (status: number, code: string, message: string): Outcome => ({
  status,
  body: { code, message },
});
const bad = (message: string) => refuse(400, "InvalidParameter", message);
const missing = (message: string) => refuse(404, "NotFound", message);
const done = (output: Readonly<Record<string, unknown>>): Outcome => ({ status: 200, body: { output } });

/** Starts a server on loopback with hosted Qwen's files, fine-tunes and deployments. Close it when the test ends. */
export async function startFineTuneFake(options: FineTuneFakeOptions = {}): Promise<FineTuneFake> {
  const apiKey = options.apiKey ?? "fake-key";
  const bases = options.bases ?? ["qwen3-8b", "qwen3-14b"];
  const steps = options.steps ?? 3;
  const files = new Map<string, string>();
  const jobs = new Map<string, Job>();
  const deployments = new Map<string, { model: string; status: string }>();
  const errors: NativeError[] = [];
  let made = 0;
  const nextId = (prefix: string) => `${prefix}-${(made += 1).toString().padStart(4, "0")}`;

  function upload(request: SeenRequest): Outcome {
    const form = readForm(request);
    if (form === null) return bad("Required multipart boundary is missing.");
    if (form.get("purpose") !== "fine-tune") return bad("purpose must be fine-tune");
    const content = form.get("files");
    if (content === undefined) return bad("files is required");
    const problem = lineProblem(content);
    if (problem !== null)
      return {
        status: 200,
        body: { data: { uploaded_files: [], failed_uploads: [{ name: "train.jsonl", code: problem }] } },
      };
    const id = nextId("f");
    files.set(id, content);
    return {
      status: 200,
      body: { data: { uploaded_files: [{ file_id: id, name: "train.jsonl" }], failed_uploads: [] } },
    };
  }

  function create(body: Readonly<Record<string, unknown>>): Outcome {
    const base = String(body["model"]);
    const settings = (body["hyper_parameters"] ?? {}) as Record<string, unknown>;
    const sets = (body["training_datasets"] ?? []) as { file_id?: string }[];
    const required = ["n_epochs", "batch_size", "max_length"].find(
      (name) => typeof settings[name] !== "number",
    );
    if (!bases.includes(base)) return bad(`Model ${base} does not support fine-tuning.`);
    if (body["training_type"] !== "efficient_sft") return bad("training_type is not supported");
    if (required !== undefined) return bad(`hyper_parameters.${required} is required`);
    if (typeof settings["learning_rate"] === "number") return bad("learning_rate must be a string");
    if (sets.length === 0 || sets.some(({ file_id: id }) => !files.has(id ?? "")))
      return bad("file does not exist");
    const active = [...jobs.values()].filter(({ status }) => status !== "CANCELED" && status !== "FAILED");
    const most = options.mostJobs ?? 20;
    if (active.length >= most)
      return refuse(
        429,
        "Throttling",
        `Only ${most} fine-tune job in running or succeeded allowed per user.`,
      );
    const id = nextId("ft");
    const text = sets.map(({ file_id: file }) => files.get(file ?? "") ?? "").join("");
    const job: Job = {
      id,
      name: typeof body["job_name"] === "string" ? body["job_name"] : id,
      base,
      output: `${base}-${id}`,
      tokens: fakeTokens(text) * Number(settings["n_epochs"]),
      status: "PENDING",
      looks: 0,
    };
    jobs.set(id, job);
    return done(jobBody(job));
  }

  /** Each look moves a job on: PENDING, QUEUING, RUNNING for its steps, then its end. */
  function look(job: Job): void {
    job.looks += 1;
    if (job.status === "CANCELING") job.status = "CANCELED";
    if (["CANCELED", "SUCCEEDED", "FAILED"].includes(job.status)) return;
    if (job.looks === 2) job.status = "QUEUING";
    else if (job.looks > 2 + steps) job.status = options.failsJob ? "FAILED" : "SUCCEEDED";
    else if (job.looks > 2) job.status = "RUNNING";
  }

  function ofJob(request: SeenRequest, id: string, rest: string, query: URLSearchParams): Outcome {
    const job = jobs.get(id);
    if (job === undefined) return missing("job not found");
    if (request.method === "DELETE") {
      if (["RUNNING", "QUEUING"].includes(job.status))
        return refuse(400, "UnsupportedOperation", "job is running");
      jobs.delete(id);
      return done({ status: "success" });
    }
    if (rest === "/cancel" && request.method === "POST") {
      if (["SUCCEEDED", "FAILED", "CANCELED"].includes(job.status)) return bad("job has ended");
      job.status = "CANCELING";
      return done({ status: "success" });
    }
    if (rest === "/logs") {
      const shown = Math.max(0, Math.min(steps, job.looks - 2));
      const all = Array.from({ length: shown }, (_, index) => `train step ${index + 1}/${steps} loss: 0.5`);
      const from = Number(query.get("offset") ?? 0);
      return done({ logs: all.slice(from, from + Number(query.get("line") ?? 100)), total: all.length });
    }
    look(job);
    return done(jobBody(job));
  }

  function deploy(body: Readonly<Record<string, unknown>>): Outcome {
    const model = String(body["model_name"]);
    const job = [...jobs.values()].find(({ output, status }) => output === model && status === "SUCCEEDED");
    if (job === undefined) return missing("model not found");
    if (body["plan"] !== "lora" || typeof body["capacity"] !== "number") return bad("plan or capacity");
    const name = `${String(body["name"])}-deployed`;
    if (deployments.has(name)) return refuse(409, "Conflict", "deployment name exists");
    deployments.set(name, { model, status: "PENDING" });
    return done({ deployed_model: name, model_name: model, status: "PENDING", plan: "lora", capacity: 1 });
  }

  function ofDeployment(request: SeenRequest, id: string): Outcome {
    const found = deployments.get(id);
    if (found === undefined) return missing("deployment not found");
    const body = deploymentBody(id, found);
    if (request.method === "DELETE") deployments.delete(id);
    else found.status = "RUNNING";
    return done(body);
  }

  function route(request: SeenRequest): Outcome {
    if (request.headers["authorization"] !== `Bearer ${apiKey}`)
      return refuse(401, "InvalidApiKey", "Invalid API-key provided.");
    const error = errors.shift();
    if (error) return refuse(error.status, error.code, error.message);
    const { pathname, searchParams } = new URL(request.path, "http://fake.invalid");
    const [, kind, id, rest = ""] = /^\/api\/v1\/([a-z-]+)(?:\/([^/]+))?(\/.*)?$/.exec(pathname) ?? [];
    const name = decodeURIComponent(id ?? "");
    const body = () => JSON.parse(request.body || "{}") as Readonly<Record<string, unknown>>;
    if (kind === "files" && id === undefined && request.method === "POST") return upload(request);
    if (kind === "files" && request.method === "DELETE")
      return files.delete(name) ? done({}) : missing("file not found");
    if (kind === "fine-tunes" && id === undefined)
      return request.method === "POST"
        ? create(body())
        : done({ jobs: [...jobs.values()].map(jobBody), total: jobs.size });
    if (kind === "fine-tunes") return ofJob(request, name, rest, searchParams);
    if (kind === "deployments" && id === undefined && request.method === "POST") return deploy(body());
    if (kind === "deployments" && id === undefined)
      return done({ deployments: [...deployments].map(([key, value]) => deploymentBody(key, value)) });
    if (kind === "deployments" && id !== undefined) return ofDeployment(request, name);
    return missing("no such path");
  }

  const server = await startHttpFake({
    port: options.port,
    tls: options.tls,
    answer: async (request: SeenRequest, reply: FakeReply) => {
      const { status, body } = route(request);
      reply.head(status, { "content-type": "application/json" });
      await reply.write(JSON.stringify({ request_id: "fake-request", ...body }));
      await reply.end();
    },
  });
  return {
    ...server,
    baseUrl: `${server.origin}/api/v1`,
    apiKey,
    files,
    deployments,
    fail: (...given) => void errors.push(...given),
  };
}

const deploymentBody = (id: string, { model, status }: { model: string; status: string }) => ({
  deployed_model: id,
  model_name: model,
  status,
});

const jobBody = (job: Job) => ({
  job_id: job.id,
  job_name: job.name,
  status: job.status,
  model: job.base,
  create_time: "2026-11-23 10:00:00",
  finetuned_output: job.output,
  ...(job.status === "SUCCEEDED" && { usage: job.tokens }),
  ...(job.status === "FAILED" && { code: "TrainingError", message: "Training diverged." }),
});

function readForm(request: SeenRequest): Map<string, string> | null {
  const boundary = /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) return null;
  const form = new Map<string, string>();
  for (const part of request.body.split(`--${boundary}`)) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const name = /name="([^"]+)"/.exec(head)?.[1];
    if (name !== undefined) form.set(name, rest.join("\r\n\r\n").replace(/\r\n$/, ""));
  }
  return form;
}

/** The rules for messages-JSONL; null: the file keeps them. */
function lineProblem(content: string): string | null {
  const lines = content.split("\n").filter((line) => line !== "");
  if (lines.length === 0) return "EmptyFile";
  for (const line of lines) {
    let row: { messages?: { role?: string; content?: unknown }[] };
    try {
      row = JSON.parse(line) as typeof row;
    } catch {
      return "InvalidJson";
    }
    const messages = row.messages ?? [];
    if (Object.keys(row).join(",") !== "messages" || messages.at(-1)?.role !== "assistant")
      return "InvalidMessages";
    if (messages.some((message) => Object.keys(message).toSorted().join(",") !== "content,role"))
      return "InvalidKey";
    if (messages.some(({ content: text }) => typeof text !== "string" || text === ""))
      return "InvalidContent";
  }
  return null;
}
