import { describe, expect, onTestFinished, test } from "vitest";
import { startGeminiFake, type GeminiFake, type GeminiFakeOptions } from "../../../e2e/fakes/gemini-fake.ts";
import type { GeminiFailure } from "../../../e2e/fakes/gemini-failures.ts";
import { framings, type Framing } from "../../../e2e/fakes/framings.ts";
import { AppError, type ErrorCode } from "../../contract/errors.ts";
import { makeGate, type LedgerEnd, type LedgerStart } from "../../safety/gate/gate.ts";
import { makeTransport } from "../../safety/gate/transport.ts";
import { costOf } from "../cost.ts";
import { priceFor } from "../prices.ts";
import type { Provider, StreamPart } from "../provider.ts";
import { exampleCall, providerContract, type FailureCase } from "../testing/provider-contract.ts";
import type { RetryClock } from "../wire/retry.ts";
import { geminiAddress, modelPath } from "./gemini-address.ts";
import { geminiHeaders, makeGeminiProvider } from "./gemini-provider.ts";

const call = exampleCall({ model: "gemini-3.8-flash", thinking: { enabled: true } });
const never = () => new AbortController().signal;

interface Side {
  readonly fake: GeminiFake;
  readonly provider: Provider;
  readonly waits: number[];
  readonly rows: (LedgerStart & Partial<LedgerEnd>)[];
  close(): Promise<void>;
}

/** The adapter behind the real gate and transport, and the fake on the other side. */
async function makeSide(options: GeminiFakeOptions = {}, apiKey?: string, tries = 3): Promise<Side> {
  const fake = await startGeminiFake(options);
  const transport = makeTransport({
    certificatesFor: () => ({}),
    firstByteTimeout: 5000,
    idleTimeout: 5000,
  });
  const rows: Side["rows"] = [];
  const gate = makeGate({
    transport: transport.transport,
    ledger: {
      begin: async (start) => rows.push({ ...start }) - 1,
      end: async (id, end) => void Object.assign(rows[id] ?? {}, end),
    },
    allows: (origin) => origin === fake.origin,
    seals: { has: () => true },
    now: Date.now,
  });
  const waits: number[] = [];
  const clock: RetryClock = { random: () => 1, sleep: async (milliseconds) => void waits.push(milliseconds) };
  const provider = makeGeminiProvider({
    id: "gemini",
    base: geminiAddress(fake.origin),
    headers: geminiHeaders(apiKey ?? fake.apiKey),
    model: call.model,
    fetch: gate({ requestId: "r1", purpose: "suggest", tier: "standard" }),
    clock,
    retries: { tries, firstDelay: 1000, longestDelay: 20_000, longestAsked: 30_000 },
    now: Date.now,
    countTokens: (text) => text.length,
  });
  const both = async () => {
    await transport.close();
    await fake.close();
  };
  return { fake, provider, waits, rows, close: both };
}

async function oneSide(...given: Parameters<typeof makeSide>): Promise<Side> {
  const side = await makeSide(...given);
  onTestFinished(() => side.close());
  return side;
}

async function collect(provider: Provider, what = call): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  try {
    for await (const part of provider.stream(what, never())) parts.push(part);
    return { parts, error: null };
  } catch (error) {
    return { parts, error };
  }
}
const joined = (parts: readonly StreamPart[], type: "text-delta" | "reasoning-delta") =>
  parts.map((part) => (part.type === type ? part.text : "")).join("");

const failing: readonly [GeminiFailure, ErrorCode, requests: number, retryAfter?: number | null][] = [
  ["wrong-key", "provider-auth", 1, null],
  ["unauthenticated", "provider-auth", 1, null],
  ["no-permission", "provider-permission", 1, null],
  ["wrong-country", "provider-billing", 1, null],
  ["unknown-model", "provider-bad-request", 1, null],
  ["bad-field", "provider-bad-request", 1, null],
  ["rate-limited", "provider-rate-limited", 3, null],
  ["rate-limited-with-delay", "provider-rate-limited", 1, 37_000],
  ["rate-limited-with-short-delay", "provider-rate-limited", 3, 250],
  ["rate-limited-with-header", "provider-rate-limited", 3, 3000],
  ["day-quota-gone", "provider-billing", 1, null],
  ["context-overflow", "provider-context-overflow", 1, null],
  ["server-error", "provider-server", 3, null],
  ["overloaded", "provider-loading", 3, null],
  ["deadline", "provider-timed-out", 3, null],
  ["array-error", "provider-server", 3, null],
  ["empty-error", "provider-server", 3, null],
  ["proxy-error", "provider-server", 3, null],
  ["moderated-input", "provider-moderated", 1, null],
  ["moderated-output", "provider-moderated", 1, null],
  ["malformed-call", "provider-interrupted", 1, null],
  ["bare-error-in-stream", "provider-server", 3, null],
  ["bare-error-after-text", "provider-loading", 1, null],
  ["error-event-in-stream", "provider-rate-limited", 1, 37_000],
  ["unreadable-event", "provider-server", 1, null],
  ["cut-before-text", "provider-network", 3],
  ["cut-after-text", "provider-network", 1],
  ["ends-after-text", "provider-interrupted", 1, null],
  ["redirect", "egress-refused", 1, null],
];

providerContract("gemini", async () => {
  const side = await makeSide();
  const sides = [side];
  const also = async (options: GeminiFakeOptions) => {
    const other = await makeSide(options);
    sides.push(other);
    return other;
  };
  const failures: FailureCase[] = [];
  for (const [name, code, expected, retryAfter] of failing) {
    const { fake, provider } = await also({});
    fake.failAlways(name);
    failures.push({
      name,
      provider,
      code,
      ...(retryAfter !== undefined && { retryAfter }),
      requests: { count: () => fake.counts.requests, expected },
    });
  }
  const shapes: { name: string; options: GeminiFakeOptions }[] = [
    ...(Object.keys(framings) as Framing[]).map((framing) => ({ name: framing, options: { framing } })),
    { name: "a JSON array instead of events", options: { asArray: true } },
  ];
  const framed: { name: string; provider: Provider }[] = [];
  for (const { name, options } of shapes) framed.push({ name, provider: (await also(options)).provider });
  return {
    provider: side.provider,
    call,
    reply: side.fake.text,
    reasoning: side.fake.thoughts,
    openStreams: () => side.fake.counts.openStreams,
    failures,
    framings: framed,
    close: async () => {
      await Promise.all(sides.map((each) => each.close()));
    },
  };
});

describe("gemini", () => {
  test("thoughts are counted as output, and the prompt's count is the server's", async () => {
    const { fake, provider } = await oneSide();
    const { parts } = await collect(provider);
    const [told] = fake.usages;
    expect(parts.find((part) => part.type === "usage")).toEqual({
      type: "usage",
      usage: {
        inputTokens: told?.promptTokenCount,
        outputTokens: (told?.candidatesTokenCount ?? 0) + (told?.thoughtsTokenCount ?? 0),
        reasoningTokens: told?.thoughtsTokenCount,
        cachedInputTokens: 0,
        estimated: false,
      },
    });
  });

  test("a reply without usage is estimated and marked so", async () => {
    const { provider } = await oneSide({ withoutUsage: true });
    const { parts } = await collect(provider);
    expect(parts.find((part) => part.type === "usage")).toMatchObject({ usage: { estimated: true } });
  });

  test.each(["moderated-after-text", "recitation-after-text"] as const)(
    "%s keeps the text and ends as moderated",
    async (name) => {
      const { fake, provider } = await oneSide();
      fake.fail(name);
      const { parts } = await collect(provider);
      expect(joined(parts, "text-delta")).toBe(fake.text);
      expect(parts.at(-1)).toMatchObject({ type: "finish", finish: { reason: "moderated" } });
    },
  );

  test("a refused prompt says which side was refused, and still tells what it may cost", async () => {
    const { fake, provider } = await oneSide();
    fake.fail("moderated-input");
    const { parts, error } = await collect(provider);
    expect((error as AppError).facts).toEqual({ side: "input", reason: "PROHIBITED_CONTENT" });
    expect(parts).toMatchObject([{ type: "usage", usage: { inputTokens: 7 } }]);
  });

  test("an answer cut by its limit ends as length", async () => {
    const { provider } = await oneSide({ text: "word ".repeat(4000) });
    const { parts } = await collect(provider, { ...call, maxOutputTokens: 5, thinking: { enabled: false } });
    expect(parts.at(-1)).toEqual({ type: "finish", finish: { reason: "length", raw: "MAX_TOKENS" } });
  });

  test("a prompt that is too long names the limit", async () => {
    const { provider } = await oneSide({ contextTokens: 10 });
    const { error } = await collect(provider);
    expect(error).toMatchObject({ code: "provider-context-overflow", facts: { maxInputTokens: 10 } });
  });

  test("the delay that Google asks for is kept to, then the answer comes", async () => {
    const { fake, provider, waits } = await oneSide();
    fake.fail("rate-limited-with-short-delay", "server-error");
    const { parts } = await collect(provider);
    expect(joined(parts, "text-delta")).toBe(fake.text);
    expect(waits).toEqual([250, 2000]);
  });

  test.each([
    ["gemini-3.8-flash", true],
    ["gemini-3.8-flash", false],
    ["gemini-2.5-pro", true],
    ["gemini-2.5-pro", false],
    ["gemini-2.5-flash", false],
  ])("%s takes what is asked of it with thinking %s", async (model, enabled) => {
    const { fake, provider } = await oneSide();
    for (const thinking of [{ enabled }, { enabled, budget: 6000 }]) {
      const { parts, error } = await collect(provider, { ...call, model, thinking });
      expect(error).toBeNull();
      expect(joined(parts, "reasoning-delta")).toBe(enabled ? fake.thoughts : "");
    }
  });

  test("system messages are the instruction, turns of one role in a row become one", async () => {
    const { fake, provider } = await oneSide();
    await collect(provider, {
      ...call,
      messages: [
        { role: "system", content: "S" },
        { role: "user", content: "one" },
        { role: "user", content: "two" },
        { role: "assistant", content: "three" },
        { role: "user", content: "four" },
      ],
    });
    expect(JSON.parse(fake.requests[0]?.body ?? "")).toMatchObject({
      systemInstruction: { parts: [{ text: "S" }] },
      contents: [
        { role: "user", parts: [{ text: "one" }, { text: "two" }] },
        { role: "model", parts: [{ text: "three" }] },
        { role: "user", parts: [{ text: "four" }] },
      ],
    });
  });

  test("the model list is read page by page, and holds what can write", async () => {
    const { provider } = await oneSide({ pageSize: 1 });
    const models = await provider.listModels(never());
    expect(models.map(({ id }) => id)).toEqual(["gemini-3.8-flash", "gemini-2.5-pro", "gemini-2.5-flash"]);
    expect(models[0]).toMatchObject({ maxInputTokens: 1_048_576, maxOutputTokens: 65_536 });
  });

  test("a wrong key is told by the health check, and stands in no error", async () => {
    const { provider } = await oneSide({}, "AIza-wrong-key");
    const error: unknown = await provider.checkHealth(never()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "provider-auth" });
    expect(JSON.stringify((error as AppError).toFailure())).not.toContain("AIza");
  });

  test("the key goes in a header and in no address; the ledger counts as the server does", async () => {
    const { fake, provider, rows } = await oneSide();
    await collect(provider);
    await provider.listModels(never());
    expect(fake.requests.map(({ path }) => path).join(" ")).not.toContain(fake.apiKey);
    expect(rows.map(({ bytesSent, bytesReceived }) => [bytesSent, bytesReceived])).toEqual(
      fake.requests.map(({ requestBytes, responseBytes }) => [requestBytes, responseBytes]),
    );
  });

  test("what is booked for 200 replies is what the server's own counts come to", async () => {
    const { fake, provider } = await oneSide();
    const price = priceFor({ vendor: "gemini", model: call.model, at: Date.parse("2026-11-23") });
    if (price === null) throw new Error("no price");
    let booked = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      const { parts } = await collect(provider, {
        ...call,
        messages: [{ role: "user", content: "word ".repeat(turn) || "x" }],
      });
      for (const part of parts) if (part.type === "usage") booked += costOf(part.usage, price);
    }
    const counted = fake.usages.reduce(
      (sum, usage) =>
        sum + usage.promptTokenCount * 0.75 + (usage.candidatesTokenCount + usage.thoughtsTokenCount) * 3.75,
      0,
    );
    expect(fake.usages).toHaveLength(200);
    expect(Math.abs(booked - counted)).toBeLessThanOrEqual(100);
  });
});

describe("the address", () => {
  test.each([
    [undefined, "https://generativelanguage.googleapis.com/v1beta"],
    ["", "https://generativelanguage.googleapis.com/v1beta"],
    ["https://proxy.example/", "https://proxy.example/v1beta"],
    ["https://proxy.example/google/v1beta/", "https://proxy.example/google/v1beta"],
    ["https://proxy.example/v1/models?key=AIza", "https://proxy.example/v1"],
    ["https://proxy.example/v1beta/models/gemini-3.8-flash:generateContent", "https://proxy.example/v1beta"],
  ])("%s is read as %s", (given, expected) => {
    expect(geminiAddress(given)).toBe(expected);
  });

  test("a word that is no address is told", () => {
    expect(() => geminiAddress("not an address")).toThrow(AppError);
  });

  test("a model's path takes a name with or without its folder, and cannot leave it", () => {
    expect(modelPath("gemini-3.8-flash", "x")).toBe("/models/gemini-3.8-flash:x");
    expect(modelPath("models/gemini-3.8-flash", "x")).toBe("/models/gemini-3.8-flash:x");
    expect(modelPath("tunedModels/house", "x")).toBe("/tunedModels/house:x");
    expect(modelPath("a?b#c/../d", "x")).toBe("/models/a%3Fb%23c%2F..%2Fd:x");
  });
});
