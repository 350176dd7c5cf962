// Tries the adapter for private servers against a real one with a real small model: llama-cpp-python, which
// reports no usage and has error bodies of its own. Everything goes through the real gate.
import { existsSync } from "node:fs";
import { AppError, isCancel } from "../core/contract/errors.ts";
import type { ProviderConfig } from "../core/contract/providers.ts";
import type { ProviderCall, StreamPart } from "../core/providers/provider.ts";
import { makeProvider } from "../core/providers/registry.ts";
import { makeGatedFetch } from "../core/providers/testing/gated-fetch.ts";
import { exampleCall } from "../core/providers/testing/example-call.ts";
import { realClock } from "../core/providers/wire/retry.ts";
import { installRealServer, startRealServer, testModelPath } from "./real-server/llama-cpp-python.ts";

if (!existsSync(testModelPath))
  throw new Error("the test model is not there: npm run setup -- --with-test-models");
const installStarted = performance.now();
await installRealServer();
console.log(`server installed in ${seconds(installStarted)} s (a first time builds it from source)`);

const apiKey = "real-server-key";
const startedAt = performance.now();
const server = await startRealServer(apiKey);
console.log(`server with its model answers after ${seconds(startedAt)} s at ${server.baseUrl}`);

const gated = makeGatedFetch({ timeout: 60_000 });
const config: ProviderConfig = {
  name: "real-server",
  vendor: "openai-compatible",
  model: server.model,
  baseUrl: server.baseUrl,
  reach: "device",
  auth: { scheme: "bearer" },
  headerNames: [],
  hasApiKey: true,
  hasCertificateAuthority: false,
  hasClientCertificate: false,
  skipModelListing: false,
  thinking: { enabled: false },
};
const deps = { clock: realClock, now: Date.now, countTokens: (text: string) => Math.ceil(text.length / 4) };
const provider = makeProvider(config, { apiKey }, gated.fetch, deps);
const call = exampleCall({
  model: server.model,
  messages: [
    {
      role: "user",
      content:
        "The notice period is thirty days. How long is the notice period? Answer in one short sentence.",
    },
  ],
});
let failures = 0;

try {
  await check(
    "health is told",
    () => provider.checkHealth(never()),
    () => true,
  );
  await check(
    "its models are listed",
    async () => (await provider.listModels(never())).map(({ id }) => id),
    (ids) => ids.includes(server.model),
  );
  await check(
    "a reply streams, and its tokens are estimated since the server reports none",
    () => collect(call, never()),
    (parts) => {
      const usage = parts.find((part) => part.type === "usage")?.usage;
      return textOf(parts).length > 0 && usage?.estimated === true && parts.at(-1)?.type === "finish";
    },
    (parts) => `${deltas(parts)} deltas: ${JSON.stringify(textOf(parts))} ${JSON.stringify(parts.at(-2))}`,
  );
  await check(
    "leaving a long reply early hangs up, and the server serves the next call at once",
    async () => {
      const long = { ...call, messages: [{ role: "user", content: "Count to one thousand." }] as const };
      for await (const part of provider.stream({ ...long, maxOutputTokens: 1500 }, never()))
        if (part.type === "text-delta") break;
      const from = performance.now();
      await collect({ ...call, maxOutputTokens: 4 }, never());
      return performance.now() - from;
    },
    (milliseconds) => milliseconds < 5000,
    (milliseconds) =>
      `next reply after ${milliseconds.toFixed(0)} ms, row ${gated.rows.at(-2)?.end?.outcome}`,
  );
  await check(
    "an abort is a cancel",
    async () => {
      const controller = new AbortController();
      try {
        for await (const part of provider.stream({ ...call, maxOutputTokens: 500 }, controller.signal))
          if (part.type === "text-delta") controller.abort();
        return "ended";
      } catch (error) {
        return isCancel(error) ? "cancelled" : String(error);
      }
    },
    (outcome) => outcome === "cancelled",
  );
  const wrong = makeProvider(config, { apiKey: "wrong" }, gated.fetch, deps);
  await check("a wrong key is told as one", () => failureOf(wrong.checkHealth(never())), is("provider-auth"));
  const tooLong = { ...call, messages: [{ role: "user", content: "word ".repeat(4000) }] as const };
  await check(
    // It answers 200 and ends without a word; whoever wrote it off as an empty answer would lose the text.
    "a prompt longer than the window is a failure, not an empty answer",
    () => failureOf(collect(tooLong, never())),
    (failure) => failure?.code === "provider-interrupted" && failure.facts?.["reason"] === "empty-answer",
  );
  const elsewhere = makeProvider({ ...config, baseUrl: "http://127.0.0.1:9/v1" }, {}, gated.fetch, deps);
  await check(
    "no server is a network failure",
    () => failureOf(elsewhere.checkHealth(never())),
    is("provider-network"),
  );
  await check(
    "every call has its ended row in the ledger",
    async () =>
      gated.rows.map((row) => `${row.path} ${row.bytesSent}→${row.end?.bytesReceived} ${row.end?.outcome}`),
    () => gated.rows.every((row) => row.end !== undefined),
    (rows) => `\n      ${rows.join("\n      ")}`,
  );
} finally {
  await gated.close();
  await server.close();
}
console.log(failures === 0 ? "all as promised" : `${failures} not as promised`);
process.exitCode = failures === 0 ? 0 : 1;

async function check<Value>(
  promise: string,
  act: () => Promise<Value>,
  holds: (value: Value) => boolean,
  show: (value: Value) => string = (value) => (value === undefined ? "" : JSON.stringify(value)),
): Promise<void> {
  const from = performance.now();
  const outcome = await act().then(
    (value) => ({ isKept: holds(value), words: show(value) }),
    (error: unknown) => ({ isKept: false, words: String(error) }),
  );
  if (!outcome.isKept) failures += 1;
  console.log(`${outcome.isKept ? "ok  " : "FAIL"} ${promise} (${seconds(from)} s) ${outcome.words}`);
}

async function collect(wanted: ProviderCall, signal: AbortSignal): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of provider.stream(wanted, signal)) parts.push(part);
  return parts;
}

async function failureOf(act: Promise<unknown>) {
  return act.then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError) return error.toFailure();
      throw error;
    },
  );
}

function is(code: string) {
  return (failure: { code: string } | null) => failure?.code === code;
}
function never(): AbortSignal {
  return new AbortController().signal;
}
function textOf(parts: readonly StreamPart[]): string {
  return parts.map((part) => (part.type === "text-delta" ? part.text : "")).join("");
}
function deltas(parts: readonly StreamPart[]): number {
  return parts.filter((part) => part.type === "text-delta").length;
}
function seconds(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(1);
}
