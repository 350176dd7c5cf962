import { describe, expect, onTestFinished, test } from "vitest";
import { startFineTuneFake, type FineTuneFakeOptions } from "../../../e2e/fakes/fine-tune-fake.ts";
import { AppError } from "../../contract/errors.ts";
import type { FineTuneJob } from "../../contract/fine-tune.ts";
import type { SavedSuggestion } from "../../contract/memory.ts";
import type { ProviderConfig } from "../../contract/providers.ts";
import { makeGate, type LedgerEnd, type LedgerStart } from "../../safety/gate/gate.ts";
import { makeTransport } from "../../safety/gate/transport.ts";
import { priceForProvider } from "../prices.ts";
import { quoteTuning } from "./estimate-tuning.ts";
import { chosenExamples, reviewExamples, trainable, trainingFile } from "./training-lines.ts";
import { tunableBases, tunedProvider, tuningSupport } from "./tuned-provider.ts";
import { makeTuningClient, tuningAddress, type NewTuning } from "./tuning-client.ts";
import { progressOf } from "./tuning-replies.ts";

const never = () => new AbortController().signal;

const suggestion = (id: number, changes: Partial<SavedSuggestion> = {}): SavedSuggestion => ({
  id,
  requestId: `r${id}`,
  intent: "rewrite",
  request: `Rewrite clause ${id}`,
  text: `Clause ${id}, shorter.`,
  createdAt: id,
  accepted: true,
  rating: 0,
  collections: [],
  reach: "cloud",
  ...changes,
});

const review = (suggestions: readonly SavedSuggestion[], masked: number | null = null) =>
  reviewExamples(
    trainable(suggestions).map(({ id, request, text }) => ({ id, request, answer: text, masked })),
    async ({ request, answer }) => request.length + answer.length,
  );

const bytesOf = (examples: Awaited<ReturnType<typeof review>>) =>
  new TextEncoder().encode(trainingFile(examples));

const reasonOf = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof AppError ? error.facts?.["reason"] : error;
  }
};

describe("the examples of an export", () => {
  test("are accepted, not judged badly, not empty, each once, newest first", async () => {
    const examples = await review([
      suggestion(1),
      suggestion(2, { accepted: false }),
      suggestion(3, { rating: -1 }),
      suggestion(4, { text: "  " }),
      suggestion(5, { request: "Rewrite clause 1", text: "Clause 1, shorter." }),
      suggestion(6),
    ]);
    expect(examples.map(({ id }) => id)).toEqual([6, 5]);
  });

  test("say how much was masked in each, or that nobody looked", async () => {
    expect((await review([suggestion(1)], 2))[0]?.masked).toBe(2);
    expect((await review([suggestion(1)]))[0]?.masked).toBeNull();
  });

  test("become messages-JSONL with the provider's keys alone, whatever stands in them", async () => {
    const text = 'Line one\nline "two" \u2028 通知期';
    const lines = trainingFile(await review([suggestion(1, { text })]), "House style");
    expect(lines.endsWith("\n")).toBe(true);
    expect(lines.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(lines)).toEqual({
      messages: [
        { role: "system", content: "House style" },
        { role: "user", content: "Rewrite clause 1" },
        { role: "assistant", content: text },
      ],
    });
  });

  test("only those that were shown can be chosen", async () => {
    const examples = await review([suggestion(1), suggestion(2)]);
    expect(chosenExamples(examples, [1]).map(({ id }) => id)).toEqual([1]);
    expect(await reasonOf(() => chosenExamples(examples, [1, 99]))).toBe("unknown-example");
  });

  test("none, or one with a thinking tag, is refused", async () => {
    expect(await reasonOf(() => trainingFile([]))).toBe("no-examples");
    const tagged = await review([suggestion(1, { text: "<think>x</think> y" })]);
    expect(await reasonOf(() => trainingFile(tagged))).toBe("thinking-tag");
  });
});

describe("the cost before submitting", () => {
  test("is tokens × epochs × price, in CNY, with the day of the price", () => {
    expect(quoteTuning([{ tokens: 600_000 }, { tokens: 400_000 }], "qwen3-8b", 3)).toEqual({
      examples: 2,
      tokens: 1_000_000,
      epochs: 3,
      cost: { amount: 18, currency: "CNY" },
      priceAsOf: "2026-05-30",
    });
  });

  test.each(["qwen9-1b", "qwen3.5-9b", "qwen3.5-27b"])(
    "is told for no base whose training or deployment has no known price: %s",
    (base) => {
      expect(() => quoteTuning([{ tokens: 1 }], base, 3)).toThrow("not-allowed");
      expect(tunableBases).not.toContain(base);
    },
  );
});

async function start(options: FineTuneFakeOptions = {}, apiKey = "fake-key") {
  const fake = await startFineTuneFake(options);
  const transport = makeTransport({ certificatesFor: () => ({}), firstByteTimeout: 5000, idleTimeout: 5000 });
  const rows: (LedgerStart & Partial<LedgerEnd>)[] = [];
  const gate = makeGate({
    transport: transport.transport,
    ledger: {
      begin: async (row) => rows.push({ ...row }) - 1,
      end: async (id, end) => void Object.assign(rows[id] ?? {}, end),
    },
    allows: (origin) => origin === fake.origin,
    seals: { has: () => true },
    now: Date.now,
  });
  const waits: number[] = [];
  const client = makeTuningClient({
    base: tuningAddress(`${fake.origin}/compatible-mode/v1`),
    headers: { authorization: `Bearer ${apiKey}` },
    fetch: gate({ requestId: "tune", purpose: "fine-tune", tier: "high-quality" }),
    clock: { random: () => 1, sleep: async (milliseconds) => void waits.push(milliseconds) },
    now: Date.now,
    interval: 1000,
  });
  onTestFinished(async () => {
    await transport.close();
    await fake.close();
  });
  return { fake, client, rows, waits };
}

const tuning = (changes: Partial<NewTuning> = {}): NewTuning => ({
  base: "qwen3-8b",
  trainingFiles: [],
  epochs: 3,
  batchSize: 16,
  maxLength: 8192,
  jobName: "house-style",
  modelName: "house-style-v1",
  ...changes,
});

async function collect<State>(states: AsyncIterable<State>): Promise<State[]> {
  const seen: State[] = [];
  for await (const state of states) seen.push(state);
  return seen;
}

describe("a hosted fine-tune", () => {
  test("goes from file to job to deployment to provider, and away again", async () => {
    const { fake, client, rows } = await start();
    const file = bytesOf(await review([suggestion(1), suggestion(2, { text: "通知期" })]));
    const fileId = await client.upload(file, "house style.jsonl", never());
    expect(fake.files.get(fileId)).toBe(new TextDecoder().decode(file));

    const job = await client.create(tuning({ trainingFiles: [fileId] }), never());
    expect(job).toMatchObject({
      state: "pending",
      tunedModel: null,
      name: "house-style",
      baseModel: "qwen3-8b",
    });
    expect(new Date(job.createdAt ?? 0).toISOString()).toBe("2026-11-23T02:00:00.000Z");
    const seen: FineTuneJob[] = await collect(client.follow(job.jobId, never()));
    expect(seen.map(({ state, progress }) => [state, progress && Math.round(progress * 3)])).toEqual([
      ["pending", null],
      ["queuing", null],
      ["running", 1],
      ["running", 2],
      ["running", 3],
      ["succeeded", 1 * 3],
    ]);
    const done = seen.at(-1);
    expect(done?.tokens).toBeGreaterThan(0);

    const deployment = await client.deploy(done?.tunedModel ?? "", "house-style", never());
    const states = await collect(client.followDeployment(deployment.id, never()));
    expect(states.map(({ state }) => state)).toEqual(["pending", "running"]);
    expect(await client.list(never())).toMatchObject([
      { jobId: job.jobId, deployment: { model: deployment.id, state: "running" } },
    ]);

    await client.undeploy(deployment.id, never());
    await client.remove(job.jobId, never());
    await client.removeFile(fileId, never());
    expect([await client.list(never()), fake.files.size, fake.deployments.size]).toEqual([[], 0, 0]);
    expect(rows.map(({ bytesSent, bytesReceived }) => [bytesSent, bytesReceived])).toEqual(
      fake.requests.map(({ requestBytes, responseBytes }) => [requestBytes, responseBytes]),
    );
  });

  test("can be cancelled while it runs", async () => {
    const { client } = await start({ steps: 100 });
    const fileId = await client.upload(bytesOf(await review([suggestion(1)])), "a.jsonl", never());
    const { jobId } = await client.create(tuning({ trainingFiles: [fileId] }), never());
    const states: string[] = [];
    for await (const { state } of client.follow(jobId, never())) {
      states.push(state);
      if (state === "running" && !states.includes("cancelling")) await client.cancel(jobId, never());
    }
    expect(states.at(-1)).toBe("cancelled");
  });

  test("that fails says why", async () => {
    const { client } = await start({ failsJob: true });
    const fileId = await client.upload(bytesOf(await review([suggestion(1)])), "a.jsonl", never());
    const { jobId } = await client.create(tuning({ trainingFiles: [fileId] }), never());
    const last = (await collect(client.follow(jobId, never()))).at(-1);
    expect(last).toMatchObject({ state: "failed", tunedModel: null, message: "Training diverged." });
  });

  test("is followed through a few failed looks, not through a refusal", async () => {
    const { fake, client, waits } = await start();
    const fileId = await client.upload(bytesOf(await review([suggestion(1)])), "a.jsonl", never());
    const { jobId } = await client.create(tuning({ trainingFiles: [fileId] }), never());
    const broken = { status: 500, code: "InternalError", message: "x" };
    fake.fail(broken, broken);
    expect((await collect(client.follow(jobId, never()))).at(-1)?.state).toBe("succeeded");
    expect(waits.length).toBeGreaterThan(2);
    fake.fail({ status: 403, code: "AccessDenied", message: "x" });
    await expect(collect(client.follow(jobId, never()))).rejects.toMatchObject({
      code: "provider-permission",
    });
    fake.fail(broken, broken, broken, broken, broken);
    await expect(collect(client.follow(jobId, never()))).rejects.toMatchObject({ code: "provider-server" });
  });

  test("stops being followed when it is left", async () => {
    const { client } = await start({ steps: 100 });
    const controller = new AbortController();
    const fileId = await client.upload(bytesOf(await review([suggestion(1)])), "a.jsonl", never());
    const { jobId } = await client.create(tuning({ trainingFiles: [fileId] }), never());
    const following = (async () => {
      for await (const { state } of client.follow(jobId, controller.signal))
        if (state === "queuing") controller.abort();
    })();
    await expect(following).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each([
    ["wrong key", { status: 401, code: "InvalidApiKey", message: "x" }, "provider-auth"],
    ["no money", { status: 400, code: "Arrearage", message: "x" }, "provider-billing"],
    ["throttled", { status: 429, code: "Throttling.RateQuota", message: "x" }, "provider-rate-limited"],
    [
      "too many jobs",
      {
        status: 429,
        code: "Throttling",
        message: "Only 20 fine-tune job in running or succeeded allowed per user.",
      },
      "provider-bad-request",
    ],
    ["name taken", { status: 409, code: "Conflict", message: "x" }, "provider-bad-request"],
  ] as const)("%s is told by its closed code", async (_name, error, code) => {
    const { fake, client } = await start();
    fake.fail(error);
    await expect(client.create(tuning(), never())).rejects.toMatchObject({ code });
  });

  test("a file the provider does not take, and a base it cannot tune, are told", async () => {
    const { client } = await start();
    const broken = new TextEncoder().encode('{"text":"x"}\n');
    await expect(client.upload(broken, "a.jsonl", never())).rejects.toMatchObject({
      code: "provider-bad-request",
      facts: { reason: "upload", code: "InvalidMessages" },
    });
    await expect(client.create(tuning({ base: "qwen-plus" }), never())).rejects.toMatchObject({
      code: "provider-bad-request",
    });
  });
});

describe("the tuned provider", () => {
  const source: ProviderConfig = {
    name: "qwen",
    vendor: "qwen",
    model: "qwen-plus",
    region: "beijing",
    reach: "cloud",
    auth: { scheme: "bearer" },
    headerNames: [],
    hasApiKey: true,
    hasCertificateAuthority: false,
    hasClientCertificate: false,
    skipModelListing: false,
    thinking: { enabled: true },
    maxOutputTokens: 32_768,
  };

  test("calls the deployment at the same place, and its price is known", () => {
    for (const base of tunableBases) {
      const tuned = tunedProvider(source, "house-style-deployed", base, "house-style");
      expect(tuned).toMatchObject({ name: "house-style", model: "house-style-deployed", region: "beijing" });
      expect(tuned).not.toHaveProperty("maxOutputTokens");
      expect(priceForProvider(tuned, Date.parse("2026-11-23"))?.model).toBe(`${base}@lora`);
    }
  });

  test("is offered in Beijing and marked as experimental elsewhere", () => {
    expect([tuningSupport("beijing"), tuningSupport("singapore")]).toEqual(["offered", "experimental"]);
  });
});

test("the native address is found from the compatible one", () => {
  expect(tuningAddress("https://dashscope.aliyuncs.com/compatible-mode/v1")).toBe(
    "https://dashscope.aliyuncs.com/api/v1",
  );
  expect(tuningAddress("https://w.cn-beijing.maas.aliyuncs.com/api/v1/")).toBe(
    "https://w.cn-beijing.maas.aliyuncs.com/api/v1",
  );
});

test("progress is read from a line that names a step, and from no other", () => {
  expect(progressOf(["epoch 1", "step 12/120 loss: 0.5", "saving"])).toBe(0.1);
  expect(progressOf(["loss 3/4", ""])).toBeNull();
});
