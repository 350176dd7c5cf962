import { describe, expect, onTestFinished, test } from "vitest";
import { startFineTuneFake } from "../../e2e/fakes/fine-tune-fake.ts";
import type { FailureName } from "../../e2e/fakes/failures.ts";
import type { FakeKind } from "../../e2e/fakes/kinds.ts";
import { startProviderFake, type ProviderFakeOptions } from "../../e2e/fakes/provider-fake.ts";
import { ownWords } from "../contract/provenance.ts";
import { suggestRequest, type SuggestEvent } from "../contract/suggest.ts";
import { keepSuggestion } from "../store/saved-suggestions.ts";
import { estimate } from "../compose/estimate.ts";
import { never, type TierParts } from "./testing/tier-parts.ts";
import { collect, draftOf, makeTierRig } from "./testing/make-tier-rig.ts";

async function fakeOf(kind: FakeKind, options: ProviderFakeOptions = {}) {
  const fake = await startProviderFake(kind, { thoughts: "", apiKey: "fake-key", ...options });
  onTestFinished(() => fake.close());
  return fake;
}

/** Hosted Qwen with a price, in the standard tier. */
async function withQwen(rig: TierParts, options: ProviderFakeOptions = {}) {
  const fake = await fakeOf("dashscope", { models: ["qwen-plus"], ...options });
  await rig.tiers.providers.save(
    draftOf({ name: "qwen", vendor: "qwen", model: "qwen-plus", region: "singapore", baseUrl: fake.baseUrl }),
    never(),
  );
  await rig.tiers.chooseTier("standard", "qwen", never());
  return fake;
}

const ledgerOf = async (rig: TierParts) =>
  (await rig.store.request("ledger.rows", { offset: 0, limit: 100 }, never())).rows;
const lastOf = (events: readonly SuggestEvent[]) => events.at(-1);

describe("a suggestion through a provider", () => {
  test("is booked once, at the cost that is shown", async () => {
    const rig = makeTierRig();
    await withQwen(rig);
    const events = await collect(rig.stream({}));
    const counted = events.find((event) => event.type === "usage-counted");
    const report = await rig.tiers.spend(undefined, never());
    expect(report.rows).toMatchObject([{ provider: "qwen", requests: 1, tier: "standard" }]);
    expect(counted?.cost?.amount).toBe((report.totals[0]?.micros ?? 0) / 1_000_000);
    expect(counted?.cost?.estimated).toBe(false);
  });

  test("stopped by the person hangs up at once, is booked as far as it was written, and never moves on", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    fake.fail("stall-after-text");
    const controller = new AbortController();
    const events: SuggestEvent[] = [];
    for await (const event of rig.stream({}, controller.signal)) {
      events.push(event);
      if (event.type === "text-delta") controller.abort();
    }
    expect(lastOf(events)).toMatchObject({ type: "suggest-end", finish: "cancelled" });
    expect((await rig.tiers.spend(undefined, never())).rows).toMatchObject([
      { requests: 1, estimated: true },
    ]);
    expect(await ledgerOf(rig)).toMatchObject([{ outcome: "cancelled" }]);
    await expect.poll(() => fake.counts.openStreams).toBe(0);
    expect(fake.counts.requests).toBe(1);
  });

  test("that fails offers this device, asks no other provider and keeps its tier", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    const other = await fakeOf("vllm");
    await rig.tiers.providers.save(draftOf({ baseUrl: other.baseUrl }), never());
    await rig.tiers.chooseTier("private", "house", never());
    for (const name of ["wrong-key", "rate-limited", "server-error", "cut-after-text"] as const) {
      fake.fail(name);
      const events = await collect(rig.stream({}));
      expect([name, lastOf(events)]).toMatchObject([name, { type: "suggest-error", offer: "local" }]);
      expect(events.filter((event) => event.type === "suggest-start").map(({ tier }) => tier)).toEqual([
        "standard",
      ]);
    }
    expect(other.counts.requests).toBe(0);
  });

  test("runs into the budget before anything is sent, also beside another that is under way", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    const expected = await estimate(requestOf(), rig.tiers, rig.pipeline, never());
    const dearest = expected.cost?.amount ?? 0;
    expect(dearest).toBeGreaterThan(0);
    await rig.tiers.setBudget({ warnAt: null, stopAt: dearest * 1.5, currency: "USD", rates: [] }, never());
    fake.fail("slow-first-token", "slow-first-token");
    const first = collect(rig.stream({ id: "first" }));
    await expect.poll(() => fake.counts.requests).toBe(1);
    expect(lastOf(await collect(rig.stream({ id: "second" })))).toMatchObject({
      failure: { code: "budget-exceeded" },
    });
    expect(fake.counts.requests).toBe(1);
    fake.release();
    expect(lastOf(await first)).toMatchObject({ finish: "stop" });
  });
});

test("a budget that is used up refuses a request before anything is searched, and the estimate tells so", async () => {
  const rig = makeTierRig();
  await withQwen(rig);
  await collect(rig.stream({}));
  const { spentMicros } = await rig.tiers.spend(undefined, never());
  const budget = { warnAt: null, stopAt: spentMicros / 1_000_000, currency: "USD" } as const;
  await rig.tiers.setBudget({ ...budget, rates: [] }, never());
  rig.pipeline.retriever.search = () => Promise.reject(new Error("searched for what may not be sent"));
  const refused = { code: "budget-exceeded", facts: { spent: budget.stopAt, limit: budget.stopAt } };
  expect(await collect(rig.stream({}))).toMatchObject([{ type: "suggest-error", failure: refused }]);
  await expect(estimate(requestOf(), rig.tiers, rig.pipeline, never())).rejects.toMatchObject(refused);
});

const requestOf = () =>
  suggestRequest.parse({ id: "r1", text: "How long is the notice period?", tier: "standard" });

describe("the estimate before sending", () => {
  test("sends nothing, and is never below what the call then costs", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    const expected = await estimate(requestOf(), rig.tiers, rig.pipeline, never());
    expect(fake.counts.connections).toBe(0);
    const events = await collect(rig.stream({}));
    const counted = events.find((event) => event.type === "usage-counted");
    expect(expected.cost?.amount).toBeGreaterThanOrEqual(counted?.cost?.amount ?? Number.POSITIVE_INFINITY);
  });
});

describe("the estimate of a follow-up", () => {
  test("counts the turns that go along, before the person agreed that they go further", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    const said = "It is three months, to the end of a month.";
    rig.pipeline.turns.remember("first", said, { provenance: ownWords, been: "device" });
    const follow = { ...requestOf(), turns: [{ id: "first", request: "How long is it?", answer: said }] };
    const alone = await estimate(requestOf(), rig.tiers, rig.pipeline, never());
    const whole = await estimate(follow, rig.tiers, rig.pipeline, never());
    expect(whole.inputTokens).toBeGreaterThan(alone.inputTokens);
    expect(lastOf(await collect(rig.stream({ turns: follow.turns })))).toMatchObject({
      failure: { code: "reach-needs-consent" },
    });
    expect(fake.counts.connections).toBe(0);
  });
});

describe("the gate", () => {
  test("lets out to the providers there are and nobody else, and writes the refusal down", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    const stranger = await fakeOf("vllm");
    // Sealed, so that nothing but the list stands in its way.
    const send = (origin: string) => {
      const address = `${origin}/v1/chat/completions`;
      const request = { method: "POST", headers: {}, body: "secret text" } as const;
      rig.egress.seals.add("x", { address, ...request });
      return rig.egress.gate({ requestId: "x", purpose: "suggest", tier: "standard" })(
        address,
        request,
        never(),
      );
    };
    const refused = { code: "egress-refused", facts: { reason: "origin" } };
    await expect(send(stranger.origin)).rejects.toMatchObject(refused);
    expect(stranger.counts).toMatchObject({ connections: 0, requestBytes: 0 });
    expect(await ledgerOf(rig)).toMatchObject([
      { origin: stranger.origin, outcome: "refused", bytesSent: 0, bytesReceived: 0 },
    ]);
    expect((await send(fake.origin)).status).toBeLessThan(500);
    await rig.tiers.removeProvider("qwen", never());
    await expect(send(fake.origin)).rejects.toMatchObject(refused);
    expect(rig.tiers.choices().standard).toBeNull();
  });
});

describe("test connection", () => {
  test.each([
    ["wrong-key", "provider-auth"],
    ["arrearage", "provider-billing"],
    ["free-quota-gone", "provider-billing"],
    ["no-permission", "provider-permission"],
    ["rate-limited", "provider-rate-limited"],
    ["loading", "provider-loading"],
  ] as const satisfies readonly (readonly [FailureName, string])[])("tells %s as %s", async (name, code) => {
    const rig = makeTierRig();
    const fake = await withQwen(rig);
    fake.failAlways(name);
    const test = await rig.tiers.testProvider("qwen", never());
    expect(test).toMatchObject({ failure: { code }, models: ["qwen-plus"], modelListed: true });
  });

  test("tells a key that is missing or of another place, and a server that is not there", async () => {
    const rig = makeTierRig();
    const fake = await withQwen(rig, { apiKey: "another-key" });
    expect(await rig.tiers.testProvider("qwen", never())).toMatchObject({
      failure: { code: "provider-auth", facts: { reason: "key-or-region" } },
      models: [],
      modelListed: null,
    });
    const keyless = draftOf(
      { name: "keyless", vendor: "qwen", model: "qwen-plus", baseUrl: fake.baseUrl },
      {},
    );
    await rig.tiers.providers.save(keyless, never());
    expect(await rig.tiers.testProvider("keyless", never())).toMatchObject({
      failure: { code: "provider-not-configured" },
    });
    const gone = await startProviderFake("vllm");
    await rig.tiers.providers.save(draftOf({ baseUrl: gone.baseUrl }), never());
    await gone.close();
    expect(await rig.tiers.testProvider("house", never())).toMatchObject({
      failure: { code: "provider-network", facts: { system: "ECONNREFUSED" } },
    });
  });
});

describe("a fine-tune from the window", () => {
  test("goes from accepted suggestions to the high-quality tier, is paid from the budget, and is removed", async () => {
    const rig = makeTierRig();
    const fake = await startFineTuneFake();
    onTestFinished(() => fake.close());
    await rig.tiers.providers.save(
      draftOf({
        name: "qwen",
        vendor: "qwen",
        model: "qwen-plus",
        region: "beijing",
        baseUrl: `${fake.origin}/compatible-mode/v1`,
      }),
      never(),
    );
    for (const [request, text, accepted] of [
      ["Reply to the tenant", "The notice period is three months.", true],
      ["Reply to the baker", "Two loaves, please.", true],
      ["Not this", "No.", false],
    ] as const)
      keepSuggestion(rig.db, {
        requestId: request,
        intent: "reply",
        request,
        text,
        accepted,
        rating: 0,
        createdAt: 1,
        collections: [],
        reach: "cloud",
      });
    const { fineTuning } = rig.tiers;
    const { examples } = await fineTuning.examples(never());
    expect(examples.map(({ request }) => request).toSorted()).toEqual([
      "Reply to the baker",
      "Reply to the tenant",
    ]);
    const exampleIds = examples.map(({ id }) => id);
    const choice = { model: "qwen3-8b", epochs: 2, exampleIds };
    const quote = await fineTuning.quote(choice, never());
    expect([quote.examples, fake.counts.connections]).toEqual([2, 0]);
    const start = { ...choice, provider: "qwen", name: "house-style" };

    await rig.tiers.setBudget({ warnAt: null, stopAt: 0.000001, currency: "CNY", rates: [] }, never());
    await expect(fineTuning.start(start, never())).rejects.toMatchObject({ code: "budget-exceeded" });
    expect(fake.counts.requests).toBe(0);
    await rig.tiers.setBudget({ warnAt: null, stopAt: null, currency: "CNY", rates: [] }, never());

    const { jobId } = await fineTuning.start(start, never());
    expect((await rig.tiers.spend(undefined, never())).totals).toMatchObject([
      { currency: "CNY", micros: Math.round(quote.cost.amount * 1e6) },
    ]);
    await expect(fineTuning.deploy("qwen", jobId, never())).rejects.toMatchObject({ code: "bad-request" });
    await expect
      .poll(async () => (await fineTuning.jobs("qwen", never()))[0]?.state, { interval: 1, timeout: 10_000 })
      .toBe("succeeded");
    const deployed = await fineTuning.deploy("qwen", jobId, never());
    await expect
      .poll(async () => (await fineTuning.jobs("qwen", never()))[0]?.deployment?.state, {
        interval: 1,
        timeout: 10_000,
      })
      .toBe("running");
    const statuses = await fineTuning.use("qwen", jobId, never());
    expect(statuses.find(({ tier }) => tier === "high-quality")).toMatchObject({
      available: true,
      provider: "tuned-house-style",
      model: deployed.deployment?.model,
    });
    const [forecast] = (
      await rig.tiers.forecast(
        { queriesPerDay: 1, inputTokens: 1000, outputTokens: 100, daysPerMonth: 30 },
        never(),
      )
    ).filter(({ tier }) => tier === "high-quality");
    expect(forecast?.monthly).toMatchObject({ currency: "CNY", amount: expect.any(Number) });
    await fineTuning.remove("qwen", jobId, never());
    expect([await fineTuning.jobs("qwen", never()), fake.deployments.size]).toEqual([[], 0]);
    expect(
      (await ledgerOf(rig)).every(({ purpose, tier }) => purpose === "fine-tune" && tier === "high-quality"),
    ).toBe(true);
    const rows = (await ledgerOf(rig)).toReversed();
    expect(rows.map(({ bytesSent, bytesReceived }) => [bytesSent, bytesReceived])).toEqual(
      fake.requests.map(({ requestBytes, responseBytes }) => [requestBytes, responseBytes]),
    );
  });
});
