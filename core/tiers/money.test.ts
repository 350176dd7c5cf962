import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FailureName } from "../../e2e/fakes/failures.ts";
import { startProviderFake } from "../../e2e/fakes/provider-fake.ts";
import { AppError } from "../contract/errors.ts";
import type { SuggestEvent } from "../contract/suggest.ts";
import { never, type TierParts } from "./testing/tier-parts.ts";
import { collect, draftOf, makeTierRig } from "./testing/make-tier-rig.ts";

/** Hosted Qwen with a price in the standard tier, tried as often as `tries` says. */
async function withQwen(tries = 1, rig = makeTierRig({}, tries)) {
  const fake = await startProviderFake("dashscope", {
    models: ["qwen-plus"],
    thoughts: "",
    apiKey: "fake-key",
  });
  onTestFinished(() => fake.close());
  await rig.tiers.providers.save(
    draftOf({ name: "qwen", vendor: "qwen", model: "qwen-plus", region: "singapore", baseUrl: fake.baseUrl }),
    never(),
  );
  await rig.tiers.chooseTier("standard", "qwen", never());
  return { rig, fake };
}
/** The address of a server that answers every call with one event. */
async function answering(event: object): Promise<string> {
  const server = createServer((request, reply) => {
    request.resume();
    reply.writeHead(200, { "content-type": "text/event-stream" });
    reply.end(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}
const rowsOf = async (rig: TierParts) => (await rig.tiers.spend(undefined, never())).rows;

// guide: "Booked is whatever was sent, also when you stopped it before the first word; a try that
// timed out counts too, since it may be billed."
describe("a call is booked once it was sent, however it ended", () => {
  test("stopped before the first token, its input is booked", async () => {
    const { rig, fake } = await withQwen();
    fake.fail("slow-first-token");
    const controller = new AbortController();
    const events = collect(rig.stream({}, controller.signal));
    await expect.poll(() => fake.counts.requests, { timeout: 10_000 }).toBe(1);
    controller.abort();
    expect((await events).at(-1)).toMatchObject({ finish: "cancelled" });
    const [row] = await rowsOf(rig);
    expect(row).toMatchObject({ requests: 1, outputTokens: 0, estimated: true });
    expect(row?.inputTokens).toBeGreaterThan(0);
    expect(row?.micros).toBeGreaterThan(0);
    fake.release();
  });

  test("cut in the middle, its input and what was written are booked", async () => {
    const { rig, fake } = await withQwen();
    fake.fail("cut-after-text");
    await collect(rig.stream({}));
    const [row] = await rowsOf(rig);
    expect(row).toMatchObject({ requests: 1, estimated: true });
    expect(row?.outputTokens).toBeGreaterThan(0);
  });

  const word = { choices: [{ delta: { content: "Yes." }, finish_reason: "stop" }] };
  const part = { candidates: [{ content: { parts: [{ text: "Yes." }] }, finishReason: "STOP" }] };
  test.each([
    ["negative", "vllm", { ...word, usage: { prompt_tokens: -1_000_000, completion_tokens: -1 } }],
    ["a fraction", "vllm", { ...word, usage: { prompt_tokens: 1.5, completion_tokens: 2 } }],
    ["text", "vllm", { ...word, usage: { prompt_tokens: "12", completion_tokens: 2 } }],
    ["beyond all bounds", "vllm", { ...word, usage: { prompt_tokens: 1e300, completion_tokens: 2 } }],
    ["negative, in Gemini's way", "gemini", { ...part, usageMetadata: { promptTokenCount: -1_000_000 } }],
  ] as const)("by our own count where the usage that is reported is %s", async (_name, vendor, event) => {
    const rig = makeTierRig();
    const model = vendor === "gemini" ? "gemini-2.5-flash" : "contract-model";
    await rig.tiers.providers.save(draftOf({ vendor, model, baseUrl: await answering(event) }), never());
    const tier = vendor === "gemini" ? "standard" : "private";
    await rig.tiers.chooseTier(tier, "house", never());
    await rig.tiers.setPrice({ provider: "house", price: { currency: "USD", input: 1, output: 1 } }, never());
    expect((await collect(rig.stream({ tier }))).at(-1)).toMatchObject({ finish: "stop" });
    const [row] = await rowsOf(rig);
    expect(row).toMatchObject({ requests: 1, estimated: true });
    expect(row?.micros).toBeGreaterThan(0);
    expect(row?.micros).toBeLessThan(10_000);
  });

  test("each try that the server may have worked on is booked", async () => {
    const { rig, fake } = await withQwen(4);
    fake.fail("cut-before-text", "cut-before-text");
    const events = await collect(rig.stream({}));
    expect([fake.counts.requests, events.at(-1)]).toMatchObject([3, { finish: "stop" }]);
    const rows = await rowsOf(rig);
    expect(rows).toMatchObject([{ requests: 3 }]);
    const counted = events.find((event) => event.type === "usage-counted");
    expect(Math.round((counted?.cost?.amount ?? 0) * 1e6)).toBe(rows[0]?.micros);
  });

  test.each(["wrong-key", "rate-limited", "server-error"] as const satisfies readonly FailureName[])(
    "what a server refused (%s) is not booked",
    async (name) => {
      const { rig, fake } = await withQwen();
      fake.fail(name);
      await collect(rig.stream({}));
      expect(await rowsOf(rig)).toEqual([]);
    },
  );

  test("a server that is not there is not booked", async () => {
    const { rig, fake } = await withQwen();
    await fake.close();
    expect((await collect(rig.stream({}))).at(-1)).toMatchObject({ failure: { code: "provider-network" } });
    expect(await rowsOf(rig)).toEqual([]);
  });
});

test("a restart of the library's process neither fails an answer nor loses what it cost", async () => {
  const { rig } = await withQwen();
  const { store } = rig;
  const request: typeof store.request = store.request.bind(store);
  let isAway = false;
  let refused = 0;
  store.request = (name, input, signal) => {
    if (!isAway) return request(name, input, signal);
    refused += 1;
    return Promise.reject(new AppError("worker-restarted"));
  };
  const events: SuggestEvent[] = [];
  for await (const event of rig.stream({})) {
    events.push(event);
    if (event.type === "text-delta") isAway = true;
  }
  expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "stop" });
  expect(events.find((event) => event.type === "usage-counted")?.cost?.amount).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
  isAway = false;
  expect(await rig.outbox.close()).toBe(true);
  expect(await rowsOf(rig)).toMatchObject([{ requests: 1, estimated: false }]);
  const { rows } = await rig.store.request("ledger.rows", { offset: 0, limit: 10 }, never());
  expect(rows).toMatchObject([{ outcome: "completed" }]);
});

test("what a full disk keeps from being written holds nobody up, and counts towards the stop all the same", async () => {
  const { rig, fake } = await withQwen();
  const { store } = rig;
  const request: typeof store.request = store.request.bind(store);
  let isFull = true;
  store.request = (name, input, signal) =>
    isFull && (name === "tiers.add-spend" || name === "ledger.end")
      ? Promise.reject(new AppError("disk-full"))
      : request(name, input, signal);
  const cost = (await collect(rig.stream({}))).find((event) => event.type === "usage-counted")?.cost;
  expect(cost?.amount).toBeGreaterThan(0);
  expect(await rowsOf(rig)).toEqual([]);
  const budget = { warnAt: null, stopAt: cost?.amount ?? 0, currency: "USD" } as const;
  await rig.tiers.setBudget({ ...budget, rates: [] }, never());
  expect((await collect(rig.stream({ id: "second" }))).at(-1)).toMatchObject({
    failure: { code: "budget-exceeded" },
  });
  expect(fake.counts.requests).toBe(1);
  isFull = false;
  expect(await rig.outbox.close()).toBe(true);
  expect(await rowsOf(rig)).toMatchObject([{ requests: 1 }]);
});

// guide: "Under a stop, a call that cannot be counted (no rate, no known price, a stored budget that
// cannot be read) is refused with the reason."
describe("a stop lets nobody past", () => {
  const stop = { warnAt: null, stopAt: 5, rates: [] };
  const codeOf = async (rig: TierParts) => {
    const last = (await collect(rig.stream({}))).at(-1);
    return last?.type === "suggest-error" ? last.failure.code : last?.type;
  };

  test("because the call is priced in another currency; a stated rate lets it through, and counts it", async () => {
    const { rig, fake } = await withQwen();
    await rig.tiers.setBudget({ ...stop, currency: "EUR" }, never());
    expect(await codeOf(rig)).toBe("rate-unknown");
    expect(fake.counts.requests).toBe(0);
    const rates = [{ currency: "USD", rate: 0.9, asOf: "2026-11-01" } as const];
    await rig.tiers.setBudget({ ...stop, currency: "EUR", rates }, never());
    expect(await codeOf(rig)).toBe("suggest-end");
    const report = await rig.tiers.spend(undefined, never());
    expect(report).toMatchObject({ totals: [{ currency: "USD" }], notCounted: [] });
    expect(report.spentMicros).toBe(Math.ceil((report.totals[0]?.micros ?? 0) * 0.9));
  });

  test("whose body would let the server write past it: the most that is sent is what is reserved", async () => {
    const { rig, fake } = await withQwen();
    const config = { name: "qwen", vendor: "qwen", model: "qwen-plus", region: "singapore" } as const;
    const thinking = { enabled: true, budget: 3000 };
    await rig.tiers.providers.save(draftOf({ ...config, thinking, baseUrl: fake.baseUrl }), never());
    // A dollar for a thousand tokens written, nothing for those read.
    await rig.tiers.setPrice(
      { provider: "qwen", price: { currency: "USD", input: 0, output: 1000 } },
      never(),
    );
    expect(await codeOf(rig)).toBe("suggest-end");
    const body = JSON.parse(fake.requests.at(-1)?.body ?? "") as Record<string, number>;
    const most = (body["max_tokens"]! + body["thinking_budget"]!) / 1000;
    const spent = (await rig.tiers.spend(undefined, never())).spentMicros / 1_000_000;
    await rig.tiers.setBudget({ ...stop, stopAt: spent + most - 0.001, currency: "USD" }, never());
    expect([await codeOf(rig), fake.counts.requests]).toEqual(["budget-exceeded", 1]);
    await rig.tiers.setBudget({ ...stop, stopAt: spent + most, currency: "USD" }, never());
    expect([await codeOf(rig), fake.counts.requests]).toEqual(["suggest-end", 2]);
  });

  test("because no price is known; one that the person enters lets it through", async () => {
    const { rig, fake } = await withQwen();
    const config = { name: "qwen", vendor: "qwen", model: "qwen-unheard-of", region: "singapore" } as const;
    await rig.tiers.providers.save(draftOf({ ...config, baseUrl: fake.baseUrl }), never());
    await rig.tiers.setBudget({ ...stop, currency: "USD" }, never());
    expect(await codeOf(rig)).toBe("price-unknown");
    expect(fake.counts.requests).toBe(0);
    expect(await rig.tiers.prices(never())).toMatchObject([{ from: "none", price: null }]);
    await rig.tiers.setPrice({ provider: "qwen", price: { currency: "USD", input: 1, output: 2 } }, never());
    await codeOf(rig);
    expect(fake.counts.requests).toBe(1);
  });

  test("because the stored budget cannot be read", async () => {
    const { rig, fake } = await withQwen(1, makeTierRig({}, 1, ["budget"]));
    expect(await codeOf(rig)).toBe("settings-unreadable");
    expect(fake.counts.requests).toBe(0);
  });

  // guide: "Where it has to ask a hosted model for one token, that call is booked like any other and refused
  // under a stop."
  test("by the test of a connection, which asks for one token: refused under a stop, else booked", async () => {
    const { rig, fake } = await withQwen();
    const calls = () => fake.requests.filter(({ method }) => method === "POST").length;
    await rig.tiers.setBudget({ ...stop, stopAt: 0, currency: "USD" }, never());
    expect(await rig.tiers.testProvider("qwen", never())).toMatchObject({
      failure: { code: "budget-exceeded" },
      models: ["qwen-plus"],
    });
    expect([calls(), await rowsOf(rig)]).toEqual([0, []]);
    await rig.tiers.setBudget({ ...stop, currency: "USD" }, never());
    expect(await rig.tiers.testProvider("qwen", never())).toMatchObject({ failure: null });
    expect([calls(), await rowsOf(rig)]).toMatchObject([
      1,
      [{ requests: 1, outputTokens: 1, estimated: true }],
    ]);
  });

  // guide: "A server of your own counts as nothing until you enter one."
  test("but a server of the person's own, which asks no price, goes on", async () => {
    const rig = makeTierRig();
    const fake = await startProviderFake("vllm", { thoughts: "", apiKey: "fake-key" });
    onTestFinished(() => fake.close());
    await rig.tiers.providers.save(draftOf({ baseUrl: fake.baseUrl }), never());
    await rig.tiers.chooseTier("private", "house", never());
    await rig.tiers.setBudget({ ...stop, stopAt: 0, currency: "EUR" }, never());
    expect((await collect(rig.stream({ tier: "private" }))).at(-1)?.type).toBe("suggest-end");
  });
});
