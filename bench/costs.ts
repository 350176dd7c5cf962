// What the application books for generated conversations against the fake servers' own counts: whole pipeline,
// real gate, real encrypted store. `npm run bench costs [CONVERSATIONS]`
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suggestEvent } from "../core/contract/suggest.ts";
import { openDatabase } from "../core/store/open.ts";
import { fakeTokens, promptTokens } from "../e2e/fakes/chat-events.ts";
import { startGeminiFake } from "../e2e/fakes/gemini-fake.ts";
import { kindRows, type RequestFields } from "../e2e/fakes/kinds.ts";
import { startProviderFake } from "../e2e/fakes/provider-fake.ts";
import { makeTierParts, never } from "../core/tiers/testing/tier-parts.ts";
import { printTable } from "./measure/table.ts";

const conversations = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), "qwill-costs-"));
const db = openDatabase({ path: join(folder, "library.db"), key: new Uint8Array(randomBytes(32)) });
const parts = makeTierParts(db);
const qwen = await startProviderFake("dashscope", { models: ["qwen-plus"], contextTokens: 1_000_000 });
const gemini = await startGeminiFake();

try {
  const plain = {
    auth: { scheme: "bearer" },
    skipModelListing: false,
    thinking: { enabled: false },
  } as const;
  await parts.tiers.providers.save(
    {
      config: {
        ...plain,
        name: "qwen",
        vendor: "qwen",
        model: "qwen-plus",
        region: "beijing",
        baseUrl: qwen.baseUrl,
      },
      secrets: { apiKey: qwen.apiKey ?? "" },
    },
    never(),
  );
  await parts.tiers.providers.save(
    {
      config: {
        ...plain,
        name: "gemini",
        vendor: "gemini",
        model: "gemini-3.8-flash",
        baseUrl: gemini.baseUrl,
      },
      secrets: { apiKey: gemini.apiKey },
    },
    never(),
  );
  await parts.tiers.chooseTier("standard", "qwen", never());
  await parts.tiers.chooseTier("high-quality", "gemini", never());

  const random = makeRandom(1123);
  const shown = { CNY: 0, USD: 0, EUR: 0 };
  const started = performance.now();
  for (let turn = 0; turn < conversations; turn += 1) {
    const words = Array.from({ length: 3 + random(400) }, () => random(36 ** 5).toString(36)).join(" ");
    const input = {
      id: `turn-${turn}`,
      text: words.slice(0, 20_000),
      tier: turn % 2 === 0 ? "standard" : "high-quality",
      length: (["short", "medium", "long"] as const)[random(3)] ?? "short",
    } as const;
    for await (const event of parts.stream(input)) {
      const parsed = suggestEvent.parse(event);
      if (parsed.type === "suggest-error") throw new Error(parsed.failure.code);
      if (parsed.type === "usage-counted" && parsed.cost !== null)
        shown[parsed.cost.currency] += Math.round(parsed.cost.amount * 1e6);
    }
  }
  const seconds = (performance.now() - started) / 1000;

  // qwen-plus in Beijing and gemini-3.8-flash in 2026, written down a second time; whole millionths a call.
  let yuan = 0;
  for (const request of qwen.requests) {
    const body = JSON.parse(request.body) as RequestFields;
    const thoughts = kindRows.dashscope.thinks(body) ? fakeTokens(qwen.answer.thoughts) : 0;
    const limit = body.max_completion_tokens ?? body.max_tokens ?? Number.POSITIVE_INFINITY;
    const output = Math.min(fakeTokens(qwen.answer.text), limit) + thoughts;
    yuan += Math.round(promptTokens(body) * 0.8 + output * (thoughts > 0 ? 8 : 2));
  }
  const dollars = gemini.usages.reduce(
    (sum, usage) =>
      sum +
      Math.round(
        usage.promptTokenCount * 0.75 + (usage.candidatesTokenCount + usage.thoughtsTokenCount) * 3.75,
      ),
    0,
  );
  const report = await parts.tiers.spend(undefined, never());
  const booked = (currency: string) => report.totals.find((one) => one.currency === currency)?.micros ?? 0;
  const { rows, total } = await parts.store.request("ledger.rows", { offset: 0, limit: 1 }, never());
  const sums = db
    .prepare<{ sent: number; received: number }>(
      "SELECT sum(bytes_sent) AS sent, sum(bytes_received) AS received FROM ledger",
    )
    .get();
  const counted = {
    sent: qwen.counts.requestBytes + gemini.counts.requestBytes,
    received: qwen.counts.responseBytes + gemini.counts.responseBytes,
  };
  console.log(
    `${conversations} conversations in ${seconds.toFixed(1)} s, ${total} calls in the ledger, last ${rows[0]?.outcome}`,
  );
  printTable("Booked against the servers' own counts (differences)", [
    { name: "CNY booked, in cents", value: booked("CNY") / 1e4 },
    { name: "CNY by the server's count, in cents", value: yuan / 1e4 },
    { name: "difference, cents", value: Math.abs(booked("CNY") - yuan) / 1e4, goal: 0.5, stretch: 0 },
    { name: "USD booked, in cents", value: booked("USD") / 1e4 },
    { name: "USD by the server's count, in cents", value: dollars / 1e4 },
    { name: "difference, cents", value: Math.abs(booked("USD") - dollars) / 1e4, goal: 0.5, stretch: 0 },
    {
      name: "shown and booked, difference in cents",
      value: Math.abs(shown.CNY - booked("CNY") + shown.USD - booked("USD")) / 1e4,
      goal: 0,
      stretch: 0,
    },
    {
      name: "bytes sent, difference to the servers",
      value: Math.abs((sums?.sent ?? 0) - counted.sent),
      goal: 0,
      stretch: 0,
    },
    {
      name: "bytes received, difference to the servers",
      value: Math.abs((sums?.received ?? 0) - counted.received),
      goal: 0,
      stretch: 0,
    },
  ]);
} finally {
  await parts.egress.close();
  await Promise.all([qwen.close(), gemini.close()]);
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Numbers from a seed, so that a run can be made again. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
