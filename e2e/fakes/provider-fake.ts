import { setTimeout as wait } from "node:timers/promises";
import { chatEvents, promptTokens, type FakeAnswer } from "./chat-events.ts";
import { failures, overflow, type FailureName, type Scripted } from "./failures.ts";
import { framings, type Framing } from "./framings.ts";
import {
  startHttpFake,
  type FakeReply,
  type FakeServer,
  type FakeTls,
  type SeenRequest,
} from "./http-fake.ts";
import { kindRows, type FakeKind, type KindRow, type RequestFields } from "./kinds.ts";

export interface ProviderFakeOptions {
  /** The key it takes; null: it asks for none. Left out: `fake-key` where the kind needs one. */
  readonly apiKey?: string | null;
  readonly models?: readonly string[];
  readonly text?: string;
  readonly thoughts?: string;
  readonly framing?: Framing;
  /** Left out: as fast as the socket takes them. */
  readonly deltasPerSecond?: number;
  /** Told of every packet of a stream just before it is written. */
  readonly onPacket?: (packet: Uint8Array) => void;
  readonly contextTokens?: number;
  readonly tls?: FakeTls;
  readonly port?: number;
  /** False for an engine without a list (BladeLLM behind PAI-EAS, a gateway). */
  readonly listsModels?: boolean;
}

export interface BilledUsage {
  readonly model: string;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

export interface ProviderFake extends FakeServer {
  readonly kind: FakeKind;
  /** What a person types in as the server's address. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly models: readonly string[];
  /** The whole of what it answers, until told otherwise. */
  readonly answer: FakeAnswer;
  /** Usage that went out whole, oldest first: what the provider would bill. */
  readonly billed: readonly BilledUsage[];
  /** The next calls go wrong so, one after the other; then all is well again. */
  fail(...names: readonly FailureName[]): void;
  /** Every call from now on goes wrong so; null: all is well again. */
  failAlways(name: FailureName | null): void;
  /** The next calls are answered so. */
  script(...steps: readonly Scripted[]): void;
  /** Lets calls that wait go on. */
  release(): void;
}

const usual = {
  text: "The notice period is thirty days [1]. 通知期为三十天。",
  thoughts: "The passage names a period; 第一条。",
};

/** Starts a server on loopback that speaks as this kind of server does. Close it when the test ends. */
export async function startProviderFake(
  kind: FakeKind,
  options: ProviderFakeOptions = {},
): Promise<ProviderFake> {
  const row = kindRows[kind];
  const apiKey = options.apiKey === undefined ? (row.needsKey ? "fake-key" : null) : options.apiKey;
  const models = options.models ?? ["contract-model", "other-model"];
  const answer: FakeAnswer = {
    text: options.text ?? usual.text,
    thoughts: options.thoughts ?? usual.thoughts,
    finish: "stop",
  };
  const queue: Scripted[] = [];
  const billed: BilledUsage[] = [];
  let always: Scripted = {};
  let held: (() => void)[] = [];
  const hold = (reply: FakeReply): Promise<void> =>
    new Promise((resolve) => {
      if (reply.signal.aborted) return resolve();
      held.push(resolve);
      reply.signal.addEventListener("abort", () => resolve(), { once: true });
    });

  const server = await startHttpFake({
    tls: options.tls,
    port: options.port,
    answer: async (request, reply) => {
      const path = request.path.replace(/\?.*$/, "");
      const open = row.openPaths[path];
      if (open !== undefined && request.method === "GET") return send(reply, 200, open);
      if (apiKey !== null && !hasKey(request, apiKey, kind)) return send(reply, 401, row.wrongKey);
      if (path === `${row.root}/models` && row.listsModels && options.listsModels !== false)
        return send(reply, 200, modelList(kind, models, options.contextTokens));
      if (path !== `${row.root}/chat/completions` || request.method !== "POST")
        return send(reply, 404, '{"detail":"Not Found"}');
      const step = queue.shift() ?? always;
      await chat(request, reply, step);
    },
  });

  async function chat(request: SeenRequest, reply: FakeReply, step: Scripted): Promise<void> {
    if (step.holds === "head") await hold(reply);
    if (step.status !== undefined) return send(reply, step.status, step.body ?? "", step.headers);
    const body = JSON.parse(request.body) as RequestFields;
    const limit = options.contextTokens ?? 8192;
    const problem = refusal(kind, row, body, models, limit);
    if (problem?.status !== undefined)
      return send(reply, problem.status, problem.body ?? "", problem.headers);
    if (problem !== null) return stream(reply, body, problem, limit);
    await stream(reply, body, step, limit);
  }

  async function stream(reply: FakeReply, body: RequestFields, step: Scripted, limit: number): Promise<void> {
    const events = chatEvents(kind, row, body, { ...answer, ...step.answer }, limit);
    const kept = [...events.slice(0, step.keeps ?? events.length), ...(step.adds ?? [])];
    reply.head(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    if (step.holds === "first-event") await hold(reply);
    for (const packet of framings[options.framing ?? "event-by-event"](kept)) {
      if (reply.signal.aborted) return;
      options.onPacket?.(packet);
      await reply.write(packet);
      if (options.deltasPerSecond !== undefined) await wait(1000 / options.deltasPerSecond);
    }
    if (!reply.signal.aborted) billed.push(...kept.flatMap(readUsage));
    if (step.ending === "hold") await hold(reply);
    if (step.ending === "hang-up") reply.hangUp();
    else await reply.end();
  }

  return {
    ...server,
    kind,
    baseUrl: server.origin + row.root,
    apiKey,
    models,
    answer,
    billed,
    fail: (...names) => void queue.push(...names.map((name) => failures[name](kind, row))),
    failAlways: (name) => {
      always = name === null ? {} : failures[name](kind, row);
    },
    script: (...steps) => void queue.push(...steps),
    release: () => {
      for (const letGo of held) letGo();
      held = [];
    },
  };
}

function readUsage(event: string): BilledUsage[] {
  if (!event.includes('"prompt_tokens"')) return [];
  const { model, usage } = JSON.parse(event.slice("data: ".length)) as { model: string; usage: BilledUsage };
  return [{ model, prompt_tokens: usage.prompt_tokens, completion_tokens: usage.completion_tokens }];
}

/** What a healthy server of this kind says to a request it does not take; null: it takes it. */
function refusal(
  kind: FakeKind,
  row: KindRow,
  body: RequestFields,
  models: readonly string[],
  limit: number,
): Scripted | null {
  const bad = (message: string): Scripted => ({
    status: 400,
    headers: { "content-type": "application/json" },
    body: row.errorBody({
      status: 400,
      code: "invalid_parameter_error",
      type: "invalid_request_error",
      message,
    }),
  });
  if (body.stream !== true && body.stream_options !== undefined)
    return bad("stream_options is only allowed when stream is true");
  if (kind === "dashscope" && body.frequency_penalty !== undefined)
    return bad("frequency_penalty is not supported");
  if (kind === "dashscope" && body.reasoning_effort !== undefined && body.thinking_budget !== undefined)
    return bad("reasoning_effort and thinking_budget cannot both be set");
  const isEngineWithoutNames = kind === "pai-eas" && body.model === "";
  const takesAnyName = kind === "llama-cpp" || kind === "llama-cpp-python" || isEngineWithoutNames;
  if (!takesAnyName && !models.includes(body.model ?? "")) return failures["unknown-model"](kind, row);
  const tokens = promptTokens(body);
  if (tokens > limit && !row.cutsSilently) return overflow(kind, row, tokens, limit);
  return null;
}

function hasKey(request: SeenRequest, apiKey: string, kind: FakeKind): boolean {
  const value = request.headers["authorization"] ?? "";
  return value === `Bearer ${apiKey}` || (kind === "pai-eas" && value === apiKey);
}

function modelList(kind: FakeKind, models: readonly string[], contextTokens = 8192): string {
  const length =
    kind === "vllm" || kind === "sglang" || kind === "pai-eas"
      ? { max_model_len: contextTokens }
      : kind === "llama-cpp"
        ? { meta: { n_ctx_train: 32_768 } }
        : {};
  return JSON.stringify({
    object: "list",
    data: models.map((id) => ({ id, object: "model", created: 1_795_300_000, owned_by: "fake", ...length })),
  });
}

async function send(
  reply: FakeReply,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = { "content-type": "application/json" },
): Promise<void> {
  reply.head(status, headers);
  if (body !== "") await reply.write(body);
  await reply.end();
}
