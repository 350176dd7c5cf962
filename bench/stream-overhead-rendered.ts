// From the provider's byte to the character in the real window, at 200 deltas a second, against a bare fetch loop
// reading the same stream; runs are interleaved. `npm run bench stream-overhead-rendered [ROUNDS]`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProviderFake } from "../e2e/fakes/provider-fake.ts";
import { launchQwill } from "../e2e/fixtures/qwill-app.ts";
import { percentile } from "./measure/timings.ts";

const rounds = Number(process.argv[2] ?? 5);
const words = 400;
/** When each word was handed to the server's socket, as milliseconds of the wall clock. */
const written = new Map<string, number>();
const now = (): number => performance.timeOrigin + performance.now();

/** How many words were there at a moment of the wall clock. */
type Arrival = readonly [time: number, words: number];

const fake = await startProviderFake("vllm", {
  thoughts: "",
  apiKey: "bench",
  deltasPerSecond: 200,
  onPacket: (packet) => {
    const word = /w\d{4}/.exec(new TextDecoder().decode(packet))?.[0];
    if (word !== undefined) written.set(word, now());
  },
  text: Array.from({ length: words }, (_word, at) => ` w${String(at).padStart(4, "0")}`).join(""),
});
const folder = mkdtempSync(join(tmpdir(), "qwill-rendered-"));
const app = await launchQwill({ profile: folder });
const { page } = app;

try {
  await openDesk();
  const ways = {
    "bare fetch loop": readBare,
    "in the document": () => readWindow("document"),
    "at the next frame": () => readWindow("frame"),
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
    const of = (share: number) => percentile(values, share);
    const added = (share: number) => of(share) - percentile(bare, share);
    const ratio = (share: number) => of(share) / percentile(bare, share);
    console.log(
      `${name.padEnd(18)} p50 ${of(0.5).toFixed(2)} ms  p95 ${of(0.95).toFixed(2)} ms  ` +
        `added p50 ${added(0.5).toFixed(2)} ms  p95 ${added(0.95).toFixed(2)} ms  ` +
        `ratio p50 ${ratio(0.5).toFixed(1)}  p95 ${ratio(0.95).toFixed(1)}  (${values.length} deltas)`,
    );
  }
} finally {
  await app.quit();
  await fake.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function latenciesOf(arrivals: readonly Arrival[]): number[] {
  const values: number[] = [];
  let next = 0;
  for (const [time, count] of arrivals)
    for (; next < count; next += 1) {
      const sent = written.get(`w${String(next).padStart(4, "0")}`);
      if (sent !== undefined) values.push(time - sent);
    }
  if (values.length !== words) throw new Error(`${values.length} of ${words} words arrived`);
  return values;
}

async function openDesk(): Promise<void> {
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
  };
  for (const [route, input] of [
    ["vault.use-development-key", undefined],
    ["settings.update", { firstRunDone: true }],
    ["providers.save", draft],
    ["tiers.set", { tier: "private", provider: "bench" }],
  ] as const) {
    const reply = await page.evaluate(([name, value]) => window.qwill.request(name, value), [
      route,
      input,
    ] as const);
    if (!reply.ok) throw new Error(`${route}: ${reply.failure.code}`);
  }
  await page.reload();
  await page.getByRole("button", { name: /^On this device: nothing leaves/ }).click();
  await page.getByRole("button", { name: "Use Private" }).click();
  await page.getByRole("combobox", { name: "Length" }).click();
  await page.getByRole("option", { name: "Long" }).click();
}

/** Asks in the composer and watches the suggestion grow. */
async function readWindow(until: "document" | "frame"): Promise<Arrival[]> {
  await page.keyboard.press("Control+n");
  await page.getByRole("textbox", { name: "Your request" }).fill("Count the words, please.");
  const watching = page.evaluate(
    ([when, total]) =>
      new Promise<[number, number][]>((resolve) => {
        const arrivals: [number, number][] = [];
        const clock = () => performance.timeOrigin + performance.now();
        const observer = new MutationObserver(() => {
          const text = document.querySelector(".suggestion .document")?.textContent ?? "";
          const count = text.match(/w\d{4}/g)?.length ?? 0;
          if (count === 0 || count === arrivals.at(-1)?.[1]) return;
          const seen = () => {
            arrivals.push([clock(), count]);
            if (count < total) return;
            observer.disconnect();
            resolve(arrivals);
          };
          // What is in the document before a frame is painted by it.
          if (when === "frame") requestAnimationFrame(seen);
          else seen();
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    [until, words] as const,
  );
  await page.keyboard.press("Control+Enter");
  const arrivals = await watching;
  await page.getByText(/tokens sent/).waitFor();
  return arrivals;
}

async function readBare(): Promise<Arrival[]> {
  const reply = await fetch(`${fake.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer bench", "content-type": "application/json" },
    body: JSON.stringify({
      model: "contract-model",
      messages: [{ role: "user", content: "Count the words, please." }],
      stream: true,
    }),
  });
  const decoder = new TextDecoder();
  const arrivals: Arrival[] = [];
  let rest = "";
  let count = 0;
  for await (const chunk of reply.body as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      count += /w\d{4}/.test(event) ? 1 : 0;
      arrivals.push([now(), count]);
    }
  }
  return arrivals;
}
