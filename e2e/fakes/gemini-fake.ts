import { setTimeout as wait } from "node:timers/promises";
import { framings, type Framing } from "./framings.ts";
import { geminiChunks, geminiPromptTokens, type GeminiRequest, type GeminiUsage } from "./gemini-events.ts";
import { geminiError, geminiFailures, type GeminiFailure, type GeminiScript } from "./gemini-failures.ts";
import {
  startHttpFake,
  type FakeReply,
  type FakeServer,
  type FakeTls,
  type SeenRequest,
} from "./http-fake.ts";

export interface GeminiFakeOptions {
  readonly apiKey?: string;
  readonly models?: readonly string[];
  readonly text?: string;
  readonly thoughts?: string;
  readonly framing?: Framing;
  readonly deltasPerSecond?: number;
  readonly contextTokens?: number;
  /** Models in one page of the list. */
  readonly pageSize?: number;
  /** Streams a JSON array instead of events, as without `alt=sse` or behind some gateways. */
  readonly asArray?: boolean;
  /** Leaves usageMetadata out. */
  readonly withoutUsage?: boolean;
  readonly tls?: FakeTls;
  readonly port?: number;
}

export interface GeminiFake extends FakeServer {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly text: string;
  readonly thoughts: string;
  /** What it reported for each reply it wrote to the end. */
  readonly usages: readonly GeminiUsage[];
  /** The next calls go wrong so, one after the other; then all is well again. */
  fail(...names: readonly GeminiFailure[]): void;
  failAlways(name: GeminiFailure | null): void;
  script(...steps: readonly GeminiScript[]): void;
  /** Lets calls that wait go on. */
  release(): void;
}

const known = new Set([
  "systemInstruction",
  "contents",
  "generationConfig",
  "safetySettings",
  "tools",
  "toolConfig",
]);
const json = { "content-type": "application/json; charset=UTF-8" };

/** Starts a server on loopback that speaks as the Gemini API's generateContent does. Close it when the test ends. */
export async function startGeminiFake(options: GeminiFakeOptions = {}): Promise<GeminiFake> {
  const apiKey = options.apiKey ?? "fake-gemini-key";
  const models = options.models ?? ["gemini-3.8-flash", "gemini-2.5-pro", "gemini-2.5-flash"];
  const text = options.text ?? "The notice period is thirty days [1]. 通知期为三十天。";
  const thoughts = options.thoughts ?? "The passage names a period; 第一条。";
  const usages: GeminiUsage[] = [];
  const queue: GeminiScript[] = [];
  let always: GeminiScript = {};
  let held: (() => void)[] = [];
  const hold = (reply: FakeReply) =>
    new Promise<void>((resolve) => {
      held.push(resolve);
      reply.signal.addEventListener("abort", () => resolve(), { once: true });
    });

  const server = await startHttpFake({
    tls: options.tls,
    port: options.port,
    async answer(request, reply) {
      const problem = keyProblem(request, apiKey);
      if (problem !== null) return send(reply, problem);
      const url = new URL(request.path, "http://fake.invalid");
      const call = /^\/v1beta\/models\/([^/:]+):streamGenerateContent$/.exec(url.pathname);
      if (request.method === "POST" && call !== null)
        return generate(
          request,
          reply,
          decodeURIComponent(call[1] ?? ""),
          url.searchParams.get("alt") === "sse",
        );
      const step = queue.shift() ?? always;
      if (step.holds === "head") await hold(reply);
      if (step.status !== undefined) return send(reply, step);
      if (request.method === "GET" && url.pathname === "/v1beta/models")
        return send(reply, {
          status: 200,
          headers: json,
          body: modelPage(models, url.searchParams, options),
        });
      return send(reply, geminiFailures["unknown-model"]);
    },
  });

  async function generate(
    request: SeenRequest,
    reply: FakeReply,
    model: string,
    isSse: boolean,
  ): Promise<void> {
    const step = queue.shift() ?? always;
    if (step.holds === "head") await hold(reply);
    if (step.status !== undefined) return send(reply, step);
    const body = JSON.parse(request.body) as GeminiRequest;
    const problem = bodyProblem(model, models, body, options.contextTokens ?? 1_048_576);
    if (problem !== null) return send(reply, problem);
    const finishReason = step.finishReason ?? "STOP";
    const { chunks, usage } = geminiChunks(model, body, { text, thoughts, finishReason });
    const shown = options.withoutUsage
      ? chunks.map((chunk) => ({ ...chunk, usageMetadata: undefined }))
      : chunks;
    const isArray = options.asArray === true || !isSse;
    const written = shown.map((chunk, index) =>
      isArray
        ? `${index === 0 ? "[" : ",\r\n"}${JSON.stringify(chunk, null, 2)}`
        : `data: ${JSON.stringify(chunk)}\n\n`,
    );
    const kept = [
      ...written.slice(0, step.keeps ?? written.length),
      ...(step.adds ?? []),
      ...(isArray ? ["\n]\n"] : []),
    ];
    reply.head(200, { "content-type": isArray ? "application/json" : "text/event-stream" });
    if (step.holds === "first-chunk") await hold(reply);
    for (const packet of framings[options.framing ?? "event-by-event"](kept)) {
      if (reply.signal.aborted) return;
      await reply.write(packet);
      if (options.deltasPerSecond !== undefined) await wait(1000 / options.deltasPerSecond);
    }
    if (step.keeps === undefined) usages.push(usage);
    if (step.ending === "hold") await hold(reply);
    if (step.ending === "hang-up") reply.hangUp();
    else await reply.end();
  }

  return {
    ...server,
    baseUrl: `${server.origin}/v1beta`,
    apiKey,
    text,
    thoughts,
    usages,
    fail: (...names) => void queue.push(...names.map((name) => geminiFailures[name])),
    failAlways: (name) => {
      always = name === null ? {} : geminiFailures[name];
    },
    script: (...steps) => void queue.push(...steps),
    release: () => {
      for (const letGo of held) letGo();
      held = [];
    },
  };
}

function keyProblem(request: SeenRequest, apiKey: string): GeminiScript | null {
  const key = request.headers["x-goog-api-key"];
  if (key === apiKey) return null;
  if (key !== undefined) return geminiFailures["wrong-key"];
  const message = "Method doesn't allow unregistered callers (callers without established identity).";
  return { status: 403, headers: json, body: geminiError(403, "PERMISSION_DENIED", message) };
}

/** What the API says to a request it does not take; null: it takes it. */
function bodyProblem(
  model: string,
  models: readonly string[],
  body: GeminiRequest,
  limit: number,
): GeminiScript | null {
  const bad = (message: string): GeminiScript => ({
    status: 400,
    headers: json,
    body: geminiError(400, "INVALID_ARGUMENT", message),
  });
  if (!models.includes(model)) return geminiFailures["unknown-model"];
  const unknown = Object.keys(body).find((name) => !known.has(name));
  if (unknown !== undefined) return bad(`Invalid JSON payload received. Unknown name "${unknown}".`);
  if ((body.contents ?? []).length === 0) return bad("contents is not specified");
  if (body.contents?.some(({ role }) => role !== "user" && role !== "model"))
    return bad("Please use a valid role: user, model.");
  const { thinkingLevel, thinkingBudget } = body.generationConfig?.thinkingConfig ?? {};
  if (thinkingLevel !== undefined && thinkingBudget !== undefined)
    return bad("You can only set only one of thinking budget and thinking level.");
  if (thinkingLevel !== undefined && !model.startsWith("gemini-3"))
    return bad("Thinking level is not supported for this model.");
  if (model === "gemini-3.8-flash" && thinkingLevel === "MINIMAL")
    return bad("Thinking level MINIMAL is not supported for this model.");
  if (model === "gemini-2.5-pro" && thinkingBudget === 0)
    return bad("Budget 0 is invalid. This model only works in thinking mode.");
  const tokens = geminiPromptTokens(body);
  return tokens > limit
    ? bad(`The input token count (${tokens}) exceeds the maximum number of tokens allowed (${limit}).`)
    : null;
}

function modelPage(models: readonly string[], query: URLSearchParams, options: GeminiFakeOptions): string {
  const start = Number(query.get("pageToken") ?? 0);
  const size = options.pageSize ?? Number(query.get("pageSize") ?? 50);
  const rows = [...models.map((name) => [name, "generateContent"]), ["gemini-embedding-2", "embedContent"]];
  const end = start + size;
  return JSON.stringify({
    models: rows.slice(start, end).map(([name, method]) => ({
      name: `models/${name}`,
      displayName: name,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: [method, "countTokens"],
    })),
    ...(end < rows.length && { nextPageToken: String(end) }),
  });
}

async function send(reply: FakeReply, { status, headers, body }: GeminiScript): Promise<void> {
  reply.head(status ?? 200, headers ?? json);
  if (body !== undefined && body !== "") await reply.write(body);
  await reply.end();
}
