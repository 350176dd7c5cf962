import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeCertificates } from "../../../e2e/fakes/certificates.ts";
import { event } from "../../../e2e/fakes/chat-events.ts";
import { startHttpFake } from "../../../e2e/fakes/http-fake.ts";
import type { FakeKind } from "../../../e2e/fakes/kinds.ts";
import { startProviderFake, type ProviderFakeOptions } from "../../../e2e/fakes/provider-fake.ts";
import { AppError } from "../../contract/errors.ts";
import type { ProviderConfig, ProviderSecrets } from "../../contract/providers.ts";
import type { ProviderCall, StreamPart } from "../provider.ts";
import { vendorRows } from "../registry.ts";
import { exampleCall } from "../testing/example-call.ts";
import { makeGatedFetch, makeTestClock } from "../testing/gated-fetch.ts";
import { providerFor, rigModel } from "../testing/vendor-rig.ts";
import { makeOpenAiProvider } from "./openai-provider.ts";

const never = () => new AbortController().signal;
const call = (changes: Partial<ProviderCall> = {}) => exampleCall({ model: rigModel, ...changes });

async function collect(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
const textOf = (parts: readonly StreamPart[], type: "text-delta" | "reasoning-delta") =>
  parts.map((part) => (part.type === type ? part.text : "")).join("");
const usageOf = (parts: readonly StreamPart[]) => parts.find((part) => part.type === "usage")?.usage;

async function open(
  kind: FakeKind,
  options: ProviderFakeOptions = {},
  changes: Partial<ProviderConfig> = {},
  secrets?: ProviderSecrets,
) {
  const fake = await startProviderFake(kind, { models: [rigModel], thoughts: "", ...options });
  onTestFinished(() => fake.close());
  const gated = makeGatedFetch();
  onTestFinished(() => gated.close());
  const clock = makeTestClock();
  const provider = providerFor(fake, gated.fetch, changes, { clock, ...(secrets && { secrets }) });
  return { fake, gated, clock, provider };
}

describe("usage", () => {
  test("is the server's own where it reports one, thoughts and cached tokens apart", async () => {
    const { provider } = await open("dashscope", { thoughts: "Twelve letters." });
    const usage = usageOf(await collect(provider.stream(call({ thinking: { enabled: true } }), never())));
    expect(usage).toMatchObject({ reasoningTokens: 4, cachedInputTokens: 0, estimated: false });
  });

  test("is estimated, and says so, where it does not", async () => {
    const { provider, fake } = await open("llama-cpp-python");
    const usage = usageOf(await collect(provider.stream(call(), never())));
    expect(usage).toEqual({
      inputTokens: 15,
      outputTokens: Math.ceil([...fake.answer.text].length / 4),
      reasoningTokens: 0,
      cachedInputTokens: 0,
      estimated: true,
    });
  });

  test("is the last one where every chunk carries one", async () => {
    const { provider, fake } = await open("vllm");
    const chunk = (count: number, content: string) =>
      event({
        choices: [{ index: 0, delta: { content }, finish_reason: null }],
        usage: { prompt_tokens: 9, completion_tokens: count },
      });
    const end = event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    fake.script({ keeps: 0, adds: [chunk(1, "a"), chunk(2, "b"), end], ending: "end" });
    const parts = await collect(provider.stream(call(), never()));
    expect(usageOf(parts)).toMatchObject({ inputTokens: 9, outputTokens: 2, estimated: false });
    expect(textOf(parts, "text-delta")).toBe("ab");
  });
});

describe("thoughts", () => {
  test("in tags come apart when the server has no field for them", async () => {
    const { provider, fake } = await open("vllm", { text: "<think>\nDays.\n</think>\n\nThirty days." });
    const parts = await collect(provider.stream(call({ thinking: { enabled: true } }), never()));
    expect(textOf(parts, "reasoning-delta")).toBe("Days.");
    expect(textOf(parts, "text-delta")).toBe("Thirty days.");
    expect(fake.counts.requests).toBe(1);
  });

  test("that the prompt had opened come apart at the lone end tag", async () => {
    const { provider } = await open("vllm", { text: "It asks for days.\n</think>\n\nThirty days." });
    const parts = await collect(provider.stream(call({ thinking: { enabled: true } }), never()));
    expect(textOf(parts, "reasoning-delta")).toBe("It asks for days.");
    expect(textOf(parts, "text-delta")).toBe("Thirty days.");
  });

  test("tags in an answer whose thoughts came in their field are the answer's own", async () => {
    const text = "Write <think> and </think> so.";
    const { provider } = await open("sglang", { text, thoughts: "How?" });
    const parts = await collect(provider.stream(call({ thinking: { enabled: true } }), never()));
    expect([textOf(parts, "reasoning-delta"), textOf(parts, "text-delta")]).toEqual(["How?", text]);
  });
});

describe("the end of an answer", () => {
  test.each([
    ["length", { type: "finish", finish: { reason: "length", raw: "length" } }],
    ["content_filter", { type: "finish", finish: { reason: "moderated", raw: "content_filter" } }],
    ["stop", { type: "finish", finish: { reason: "stop", raw: "stop" } }],
  ] as const)("%s is told", async (finish, last) => {
    const { provider, fake } = await open("vllm");
    fake.script({ answer: { finish } });
    expect((await collect(provider.stream(call(), never()))).at(-1)).toEqual(last);
  });

  test("a cut after the finish reason loses nothing but the usage", async () => {
    const { provider, fake } = await open("vllm");
    const chunk = (delta: object, finish: string | null) =>
      event({ choices: [{ index: 0, delta, finish_reason: finish }] });
    fake.script({
      keeps: 0,
      adds: [chunk({ content: "Thirty days." }, null), chunk({}, "stop")],
      ending: "hang-up",
    });
    const parts = await collect(provider.stream(call(), never()));
    expect(textOf(parts, "text-delta")).toBe("Thirty days.");
    expect(usageOf(parts)).toMatchObject({ estimated: true });
    expect(parts.at(-1)).toMatchObject({ type: "finish", finish: { reason: "stop" } });
  });

  test("a server that never closes after its answer is left after a moment", async () => {
    const { fake, gated } = await open("vllm");
    const provider = makeOpenAiProvider({
      id: "lingering",
      traits: vendorRows["openai-compatible"].traits!(rigModel),
      base: fake.baseUrl,
      headers: { authorization: `Bearer ${fake.apiKey}` },
      model: rigModel,
      reach: "device",
      fetch: gated.fetch,
      clock: makeTestClock(),
      now: Date.now,
      countTokens: () => 1,
      lingerFor: 20,
    });
    fake.script({ ending: "hold" });
    const parts = await collect(provider.stream(call(), never()));
    expect(parts.at(-1)?.type).toBe("finish");
    await expect.poll(() => fake.counts.openStreams).toBe(0);
  });
});

test("a prompt that the server cut without a word is noticed, and one it took whole is not", async () => {
  const { provider } = await open("ollama", { contextTokens: 2048 });
  const long = call({ messages: [{ role: "user", content: "word ".repeat(4000) }] });
  const types = (parts: readonly StreamPart[]) => parts.filter((part) => part.type === "notice");
  expect(types(await collect(provider.stream(long, never())))).toEqual([
    { type: "notice", notice: "server-shortened-prompt" },
  ]);
  expect(types(await collect(provider.stream(call(), never())))).toEqual([]);
});

describe("retries", () => {
  test("wait as the server asks, else as the jitter says, and end in the answer", async () => {
    const { provider, fake, clock } = await open("dashscope");
    fake.fail("rate-limited-with-delay", "server-error", "cut-before-text");
    const parts = await collect(provider.stream(call(), never()));
    expect(textOf(parts, "text-delta")).toBe(fake.answer.text);
    expect(clock.waits).toEqual([2000, 1000, 2000]);
    expect(fake.counts.requests).toBe(4);
  });

  test("a model that loads is waited for", async () => {
    const { provider, fake } = await open("llama-cpp");
    fake.fail("loading", "loading");
    expect(textOf(await collect(provider.stream(call(), never())), "text-delta")).toBe(fake.answer.text);
  });
});

test("no error carries the key, the text or the server's words, however the server repeats them", async () => {
  const { provider, fake } = await open("dashscope", { apiKey: "sk-canary-key-123456" });
  const echo = `Bearer sk-canary-key-123456 said: canary question, ${"canary ".repeat(20)}`;
  const json = { "content-type": "application/json" };
  const bodies = [
    JSON.stringify({ error: { message: echo, type: echo, code: echo, param: echo } }),
    JSON.stringify({ error: echo }),
    JSON.stringify({ detail: echo }),
    `<html>${echo}</html>`,
    `{broken ${echo}`,
  ];
  const question = call({ messages: [{ role: "user", content: "canary question" }] });
  for (const status of [400, 401, 404, 500]) {
    for (const body of bodies) {
      fake.script(...Array.from({ length: 4 }, () => ({ status, headers: json, body })));
      const error: unknown = await collect(provider.stream(question, never())).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(AppError);
      expect(everythingIn(error)).not.toContain("canary");
    }
  }
  for (const adds of bodies.map((body) => [`data: ${body}\n\n`])) {
    fake.script(...Array.from({ length: 4 }, () => ({ keeps: 1, adds, ending: "end" as const })));
    const error: unknown = await collect(provider.stream(question, never())).catch(
      (reason: unknown) => reason,
    );
    expect(everythingIn(error)).not.toContain("canary");
  }
});

/** An error's own words, those of its causes, and its facts. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${inspect(error, { depth: 9, showHidden: true })} ${everythingIn(error.cause)}`;
}

describe("health", () => {
  test("of hosted Qwen is a list and one token, so that debts show", async () => {
    const { provider, fake } = await open("dashscope");
    await provider.checkHealth(never());
    expect(fake.requests.map((request) => `${request.method} ${request.path}`)).toEqual([
      "GET /compatible-mode/v1/models",
      "POST /compatible-mode/v1/chat/completions",
    ]);
    fake.fail("arrearage");
    await expect(provider.checkHealth(never())).rejects.toMatchObject({ code: "provider-billing" });
  });

  test("of vLLM costs no token", async () => {
    const { provider, fake } = await open("vllm");
    await provider.checkHealth(never());
    expect(fake.requests.map((request) => request.path)).toEqual(["/health", "/v1/models"]);
  });

  test("of a server without a list is one token", async () => {
    const { provider, fake } = await open("pai-eas", { listsModels: false });
    await provider.checkHealth(never());
    expect(fake.requests.map((request) => request.method)).toEqual(["GET", "POST"]);
  });

  test("with a wrong key says so for every kind that has keys, in one try", async () => {
    for (const kind of ["dashscope", "vllm", "sglang", "llama-cpp", "llama-cpp-python", "pai-eas"] as const) {
      const { provider, clock } = await open(kind, {}, {}, { apiKey: "wrong" });
      await expect(provider.checkHealth(never()), kind).rejects.toMatchObject({ code: "provider-auth" });
      expect(clock.waits).toEqual([]);
    }
  });
});

describe("models", () => {
  test("come from the server, with their windows where it tells them", async () => {
    const { provider } = await open("vllm", { contextTokens: 32_000 });
    expect(await provider.listModels(never())).toEqual([{ id: rigModel, maxInputTokens: 32_000 }]);
    // The training size of llama.cpp's list is not the window.
    const llama = await open("llama-cpp");
    expect(await llama.provider.listModels(never())).toEqual([{ id: rigModel }]);
  });

  test("of hosted Qwen are the shipped ones where there is no list, and carry the shipped limits", async () => {
    const listed = await open("dashscope");
    expect(await listed.provider.listModels(never())).toEqual([
      { id: rigModel, maxInputTokens: 983_616, maxOutputTokens: 131_072 },
    ]);
    const without = await open("dashscope", { listsModels: false });
    expect((await without.provider.listModels(never())).map(({ id }) => id)).toContain("qwen3.8-max");
  });

  test("are not asked for when the settings say so", async () => {
    const { provider, fake } = await open("pai-eas", {}, { skipModelListing: true });
    expect(await provider.listModels(never())).toEqual([]);
    expect(fake.counts.requests).toBe(0);
    expect(provider.capabilities.listsModels).toBe(false);
  });
});

describe("connections of an organisation's own", () => {
  test("PAI-EAS takes its token as it is", async () => {
    const { provider, fake } = await open("pai-eas", {}, { auth: { scheme: "raw" } });
    await collect(provider.stream(call(), never()));
    expect(fake.requests[0]?.headers["authorization"]).toBe(fake.apiKey);
  });

  test("an engine without model names is called without one", async () => {
    const { provider, fake } = await open("pai-eas", { listsModels: false }, { model: "" });
    await collect(provider.stream(call({ model: "" }), never()));
    expect(JSON.parse(fake.requests[0]?.body ?? "")).toMatchObject({ model: "" });
  });

  test("extra headers go with every call", async () => {
    const { provider, fake } = await open(
      "vllm",
      {},
      { headerNames: ["X-Team"] },
      { apiKey: "fake-key", headers: { "X-Team": "legal" } },
    );
    await provider.checkHealth(never());
    await collect(provider.stream(call(), never()));
    expect(fake.requests.map((request) => request.headers["x-team"])).toEqual(["legal", "legal", "legal"]);
  });

  test("a server under a made-up authority is refused without it, served with it and a client certificate", async () => {
    const made = await makeCertificates();
    const fake = await startProviderFake("vllm", {
      models: [rigModel],
      thoughts: "",
      tls: { ...made.server, clientAuthority: made.authority },
    });
    onTestFinished(() => fake.close());
    const outcome = async (certificates: Parameters<typeof makeGatedFetch>[0]) => {
      const gated = makeGatedFetch(certificates);
      onTestFinished(() => gated.close());
      return collect(providerFor(fake, gated.fetch, {}, { tries: 1 }).stream(call(), never()));
    };
    await expect(outcome({})).rejects.toMatchObject({ code: "provider-certificate" });
    const client = { clientCertificate: made.client.certificate, clientKey: made.client.key };
    // Under TLS 1.3 a server may close before its word about the certificate is read.
    await expect(outcome({ certificates: { authority: made.authority } })).rejects.toMatchObject({
      code: expect.stringMatching(/^provider-(certificate|network)$/) as string,
    });
    const parts = await outcome({ certificates: { authority: made.authority, ...client } });
    expect(textOf(parts, "text-delta")).toBe(fake.answer.text);
  });

  test("a server that is not there is a network failure", async () => {
    const { fake, gated } = await open("vllm");
    const provider = providerFor(fake, gated.fetch, { baseUrl: "http://127.0.0.1:9" }, { tries: 1 });
    await expect(provider.checkHealth(never())).rejects.toMatchObject({ code: "provider-network" });
  });

  test("an answer that is no list of models is the server's failure", async () => {
    const odd = await startHttpFake({
      answer: async (_request, reply) => {
        reply.head(200, { "content-type": "text/html" });
        await reply.write("<html>Welcome</html>");
        await reply.end();
      },
    });
    onTestFinished(() => odd.close());
    const { fake, gated } = await open("vllm");
    const provider = providerFor(fake, gated.fetch, { baseUrl: odd.origin });
    await expect(provider.listModels(never())).rejects.toMatchObject({ code: "provider-server" });
  });
});
