// What the gate and an adapter add to each delta, at 200 deltas a second, against reading the same stream with a
// bare fetch loop. The fake server and the reader share this process and its clock; rounds are interleaved.
import { makeProvider } from "../core/providers/registry.ts";
import { exampleCall } from "../core/providers/testing/example-call.ts";
import { makeGatedFetch } from "../core/providers/testing/gated-fetch.ts";
import { realClock } from "../core/providers/wire/retry.ts";
import { startProviderFake } from "../e2e/fakes/provider-fake.ts";
import { percentile } from "./measure/timings.ts";

const rounds = Number(process.argv[2] ?? 5);
const deltasPerSecond = 200;
const model = "contract-model";
const words = 400;
/** When each word was handed to the server's socket. */
const written = new Map<string, number>();

const call = exampleCall({ model, maxOutputTokens: 4000 });
const fake = await startProviderFake("vllm", {
  thoughts: "",
  deltasPerSecond,
  onPacket: (packet) => {
    const word = /w\d{4}/.exec(new TextDecoder().decode(packet))?.[0];
    if (word !== undefined) written.set(word, performance.now());
  },
  text: Array.from({ length: words }, (_word, index) => ` w${String(index).padStart(4, "0")}`).join(""),
});
const gated = makeGatedFetch();
const provider = makeProvider(
  {
    name: "bench",
    vendor: "vllm",
    model,
    baseUrl: fake.baseUrl,
    reach: "device",
    auth: { scheme: "bearer" },
    headerNames: [],
    hasApiKey: true,
    hasCertificateAuthority: false,
    hasClientCertificate: false,
    skipModelListing: false,
    thinking: { enabled: false },
  },
  { apiKey: fake.apiKey ?? "" },
  gated.fetch,
  { clock: realClock, now: Date.now, countTokens: (text) => Math.ceil(text.length / 4) },
);

try {
  const bare: number[] = [];
  const through: number[] = [];
  await latencies(readBare); // warm up both
  await latencies(readThrough);
  for (let round = 0; round < rounds; round += 1) {
    bare.push(...(await latencies(readBare)));
    through.push(...(await latencies(readThrough)));
  }
  const show = (name: string, of: (share: number) => number) =>
    console.log(`${name.padEnd(20)} p50 ${of(0.5).toFixed(3)} ms  p95 ${of(0.95).toFixed(3)} ms`);
  show("bare fetch loop", (share) => percentile(bare, share));
  show("gate and adapter", (share) => percentile(through, share));
  show("added", (share) => percentile(through, share) - percentile(bare, share));
  console.log(`${bare.length} and ${through.length} deltas`);
} finally {
  await gated.close();
  await fake.close();
}

/** Milliseconds from the server's write of each word to its arrival. */
async function latencies(read: (seen: (text: string) => void) => Promise<void>): Promise<number[]> {
  const found: number[] = [];
  let text = "";
  let next = 0;
  await read((piece) => {
    text += piece;
    for (; text.length >= (next + 1) * 6; next += 1) {
      const word = text.slice(next * 6 + 1, next * 6 + 6);
      const sent = written.get(word);
      if (sent !== undefined) found.push(performance.now() - sent);
    }
  });
  return found;
}

async function readBare(seen: (text: string) => void): Promise<void> {
  const reply = await fetch(`${fake.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${fake.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages: call.messages, stream: true }),
  });
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of reply.body as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (event === "data: [DONE]") continue;
      const parsed = JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] };
      seen(parsed.choices[0]?.delta.content ?? "");
    }
  }
}

async function readThrough(seen: (text: string) => void): Promise<void> {
  for await (const part of provider.stream(call, new AbortController().signal))
    if (part.type === "text-delta") seen(part.text);
}
