// What the whole application adds to each delta between the provider's socket and the page, at 200 deltas a
// second, against reading the same stream with a bare fetch loop. Runs are interleaved.
// `npm run bench stream-overhead [ROUNDS] [--window]`; with --window also in the real window (a display is needed).
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SuggestEvent } from "../core/contract/suggest.ts";
import { openDatabase } from "../core/store/open.ts";
import { startProviderFake } from "../e2e/fakes/provider-fake.ts";
import { launchQwill, type QwillApp } from "../e2e/fixtures/qwill-app.ts";
import { makeTierParts, never } from "../core/tiers/testing/tier-parts.ts";
import { percentile } from "./measure/timings.ts";

const rounds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 5);
const withWindow = process.argv.includes("--window");
const words = 400;
const wordLength = 6;
/** When each word was handed to the server's socket, as milliseconds of the wall clock. */
const written = new Map<string, number>();
const now = (): number => performance.timeOrigin + performance.now();

const fake = await startProviderFake("vllm", {
  thoughts: "",
  apiKey: "bench",
  deltasPerSecond: 200,
  onPacket: (packet) => {
    const word = /w\d{4}/.exec(new TextDecoder().decode(packet))?.[0];
    if (word !== undefined) written.set(word, now());
  },
  text: Array.from({ length: words }, (_word, index) => ` w${String(index).padStart(4, "0")}`).join(""),
});
const draft = {
  config: {
    name: "bench",
    vendor: "vllm",
    model: "contract-model",
    baseUrl: fake.baseUrl,
    auth: { scheme: "bearer" },
    skipModelListing: false,
    thinking: { enabled: false },
    // More than the longest answer.
    maxOutputTokens: 4000,
  },
  secrets: { apiKey: "bench" },
} as const;
const request = { text: "Count the words, please.", tier: "private", length: "long" } as const;

/** A text as it had grown at a moment of the wall clock. */
type Arrival = readonly [time: number, length: number];

const folder = mkdtempSync(join(tmpdir(), "qwill-overhead-"));
const db = openDatabase({ path: join(folder, "library.db"), key: new Uint8Array(randomBytes(32)) });
const parts = makeTierParts(db);
await parts.tiers.providers.save(draft, never());
await parts.tiers.chooseTier("private", "bench", never());
const app = withWindow ? await openWindow() : null;

try {
  const ways: Record<string, () => Promise<Arrival[]>> = {
    "bare fetch loop": readBare,
    pipeline: readPipeline,
    ...(app && { "page (bridge)": () => readPage(app) }),
  };
  const found: Record<string, number[]> = {};
  for (const read of Object.values(ways)) await read(); // warm up
  for (let round = 0; round < rounds; round += 1)
    for (const [name, read] of Object.entries(ways)) {
      written.clear();
      (found[name] ??= []).push(...latenciesOf(await read()));
    }
  const bare = found["bare fetch loop"] ?? [];
  for (const [name, values] of Object.entries(found)) {
    const of = (share: number) => percentile(values, share).toFixed(3);
    const added = (share: number) => (percentile(values, share) - percentile(bare, share)).toFixed(3);
    console.log(
      `${name.padEnd(16)} p50 ${of(0.5)} ms  p95 ${of(0.95)} ms  added p50 ${added(0.5)} ms  p95 ${added(0.95)} ms  (${values.length} deltas)`,
    );
  }
} finally {
  await app?.quit();
  await parts.egress.close();
  await fake.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds from the write of each word to the moment the text held it. */
function latenciesOf(arrivals: readonly Arrival[]): number[] {
  const values: number[] = [];
  let next = 0;
  for (const [time, length] of arrivals)
    for (; length >= (next + 1) * wordLength; next += 1) {
      const sent = written.get(`w${String(next).padStart(4, "0")}`);
      if (sent !== undefined) values.push(time - sent);
    }
  if (values.length !== words) throw new Error(`${values.length} of ${words} words arrived`);
  return values;
}

async function readBare(): Promise<Arrival[]> {
  const reply = await fetch(`${fake.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer bench", "content-type": "application/json" },
    body: JSON.stringify({
      model: "contract-model",
      messages: [{ role: "user", content: request.text }],
      stream: true,
    }),
  });
  const decoder = new TextDecoder();
  const arrivals: Arrival[] = [];
  let rest = "";
  let length = 0;
  for await (const chunk of reply.body as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (event === "data: [DONE]") continue;
      const parsed = JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] };
      length += parsed.choices[0]?.delta.content?.length ?? 0;
      arrivals.push([now(), length]);
    }
  }
  return arrivals;
}

async function readPipeline(): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  let length = 0;
  for await (const event of parts.stream({ ...request, id: crypto.randomUUID() })) {
    if (event.type === "suggest-error") throw new Error(event.failure.code);
    if (event.type !== "text-delta") continue;
    length += event.text.length;
    arrivals.push([now(), length]);
  }
  return arrivals;
}

async function openWindow(): Promise<QwillApp> {
  const opened = await launchQwill({ profile: mkdtempSync(join(folder, "profile-")) });
  const ask = (route: string, input?: unknown) =>
    opened.page.evaluate(([name, value]) => window.qwill.request(name, value), [route, input] as const);
  for (const [route, input] of [
    ["vault.use-development-key", undefined],
    ["providers.save", draft],
    ["tiers.set", { tier: "private", provider: "bench" }],
  ] as const) {
    const reply = await ask(route, input);
    if (!reply.ok) throw new Error(`${route}: ${reply.failure.code}`);
  }
  return opened;
}

async function readPage(opened: QwillApp): Promise<Arrival[]> {
  return opened.page.evaluate(
    (input) =>
      new Promise<[number, number][]>((resolve, reject) => {
        const arrivals: [number, number][] = [];
        let length = 0;
        window.qwill.stream(
          "suggest",
          input,
          (event) => {
            const { type, text } = event as Extract<SuggestEvent, { type: "text-delta" }>;
            if (type !== "text-delta") return;
            length += text.length;
            arrivals.push([performance.timeOrigin + performance.now(), length]);
          },
          (failure) => (failure === null ? resolve(arrivals) : reject(new Error(failure.code))),
        );
      }),
    { ...request, id: crypto.randomUUID() },
  );
}
