import { expect, test } from "vitest";
import { fakeTokens, promptTokens } from "../../e2e/fakes/chat-events.ts";
import { startGeminiFake } from "../../e2e/fakes/gemini-fake.ts";
import { kindRows, type RequestFields } from "../../e2e/fakes/kinds.ts";
import { startProviderFake } from "../../e2e/fakes/provider-fake.ts";
import type { ProviderConfig } from "../contract/providers.ts";
import { makeGate } from "../safety/gate/gate.ts";
import { makeTransport } from "../safety/gate/transport.ts";
import { bookingOf } from "./cost-booking.ts";
import { priceForProvider } from "./prices.ts";
import { makeProvider } from "./registry.ts";
import { exampleCall } from "./testing/provider-contract.ts";

const at = Date.parse("2026-11-23T12:00:00Z");
const base: ProviderConfig = {
  name: "p",
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
  thinking: { enabled: false },
};

/** Numbers from a seed, so that a failure can be run again. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Prices of qwen-plus in Beijing by length, in millionths a token, written down a second time. */
function listPrice(input: number, output: number, thought: boolean): number {
  if (input <= 128_000) return input * 0.8 + output * (thought ? 8 : 2);
  if (input <= 256_000) return input * 2.4 + output * (thought ? 24 : 20);
  return input * 4.8 + output * (thought ? 64 : 48);
}

test("what is booked for 1,000 conversations is what the servers' own counts come to, to the cent", async () => {
  const qwen = await startProviderFake("dashscope", { models: ["qwen-plus"], contextTokens: 1_000_000 });
  const gemini = await startGeminiFake();
  const transport = makeTransport({ certificatesFor: () => ({}), firstByteTimeout: 9000, idleTimeout: 9000 });
  const gate = makeGate({
    transport: transport.transport,
    ledger: { begin: async () => 1, end: async () => undefined },
    allows: () => true,
    seals: { has: () => true },
    now: () => at,
  });
  const random = makeRandom(1123);
  const clock = { random: () => 0, sleep: async () => undefined };
  const sides = [
    { config: { ...base, baseUrl: qwen.baseUrl }, apiKey: qwen.apiKey ?? "" },
    {
      config: { ...base, vendor: "gemini" as const, model: "gemini-3.8-flash", baseUrl: gemini.baseUrl },
      apiKey: gemini.apiKey,
    },
  ];
  const booked = { CNY: 0, USD: 0, EUR: 0 };
  for (let turn = 0; turn < 1000; turn += 1) {
    const { config, apiKey } = sides[turn % 2]!;
    const provider = makeProvider(
      config,
      { apiKey },
      gate({ requestId: String(turn), purpose: "suggest", tier: "standard" }),
      { clock, now: () => at, countTokens: () => 0 },
    );
    // Every hundredth is long enough for the next price of its list.
    const letters = turn % 100 === 0 ? 520_000 + random(600_000) : random(8000);
    const call = exampleCall({
      model: config.model,
      messages: [{ role: "user", content: "x".repeat(letters + 1) }],
      thinking: { enabled: random(2) === 1 },
      maxOutputTokens: 1 + random(40),
    });
    for await (const part of provider.stream(call, new AbortController().signal)) {
      if (part.type !== "usage") continue;
      const made = {
        requestId: call.requestId,
        time: at,
        provider: "p",
        model: config.model,
        tier: "standard",
        usage: part.usage,
      } as const;
      const booking = bookingOf(made, priceForProvider(config, at), "EUR");
      booked[booking.currency] += booking.micros;
    }
  }

  let yuan = 0;
  for (const request of qwen.requests) {
    const body = JSON.parse(request.body) as RequestFields;
    const limit = body.max_tokens ?? Number.POSITIVE_INFINITY;
    const thoughts = kindRows.dashscope.thinks(body) ? fakeTokens(qwen.answer.thoughts) : 0;
    yuan += listPrice(
      promptTokens(body),
      Math.min(fakeTokens(qwen.answer.text), limit) + thoughts,
      thoughts > 0,
    );
  }
  const dollars = gemini.usages.reduce(
    (sum, usage) =>
      sum + usage.promptTokenCount * 0.75 + (usage.candidatesTokenCount + usage.thoughtsTokenCount) * 3.75,
    0,
  );
  expect([qwen.requests.length, gemini.requests.length]).toEqual([500, 500]);
  expect((booked.CNY / 1e6).toFixed(2)).toBe((yuan / 1e6).toFixed(2));
  expect((booked.USD / 1e6).toFixed(2)).toBe((dollars / 1e6).toFixed(2));
  // A call is rounded to a millionth, so the sums are within half a thousandth of a unit.
  expect(Math.abs(booked.CNY - yuan)).toBeLessThan(500);
  expect(Math.abs(booked.USD - dollars)).toBeLessThan(500);
  expect(booked.EUR).toBe(0);
  await transport.close();
  await Promise.all([qwen.close(), gemini.close()]);
});
