import { describe, expect, onTestFinished, test } from "vitest";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppError } from "../../contract/errors.ts";
import type { Vendor } from "../../contract/providers.ts";
import type { StreamPart } from "../provider.ts";
import { makeProvider } from "../registry.ts";
import { exampleCall } from "../testing/example-call.ts";
import { makeGatedFetch, makeTestClock } from "../testing/gated-fetch.ts";
import { withinBound } from "./bounded-answer.ts";

/** A server that writes one event again and again until it is hung up on, behind a real gate. */
async function endless(vendor: Vendor, event: string) {
  let sent = 0;
  let open = 0;
  const server = createServer((request, reply) => {
    request.resume();
    open += 1;
    reply.on("close", () => (open -= 1));
    reply.writeHead(200, { "content-type": "text/event-stream" });
    const write = () => {
      while (!reply.destroyed) {
        sent += event.length;
        if (!reply.write(event)) return void reply.once("drain", write);
      }
    };
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gated = makeGatedFetch();
  onTestFinished(async () => {
    await gated.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const provider = makeProvider(
    {
      name: "endless",
      vendor,
      model: vendor === "gemini" ? "gemini-2.5-flash" : "any",
      baseUrl: `http://127.0.0.1:${port}`,
      reach: "device",
      auth: { scheme: "bearer" },
      headerNames: [],
      hasApiKey: true,
      hasCertificateAuthority: false,
      hasClientCertificate: false,
      skipModelListing: false,
      thinking: { enabled: false },
    },
    { apiKey: "key" },
    gated.fetch,
    { clock: makeTestClock(), now: Date.now, countTokens: (text) => Math.ceil(text.length / 4) },
  );
  return { provider, gated, sent: () => sent, open: () => open };
}

async function collect(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const seen: StreamPart[] = [];
  for await (const part of parts) seen.push(part);
  return seen;
}
const never = () => new AbortController().signal;
const letters = (parts: readonly StreamPart[]) =>
  parts.reduce((sum, part) => sum + (part.type === "text-delta" ? part.text.length : 0), 0);
const chatEvent = `data: ${JSON.stringify({ choices: [{ delta: { content: "word ".repeat(20) } }] })}\n\n`;
const geminiEvent = `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: "word ".repeat(20) }] } }] })}\n\n`;

describe("an answer that never ends", () => {
  test.each([
    ["vllm", chatEvent],
    ["gemini", geminiEvent],
  ] as const)("of %s is cut, kept as far as it came, counted, and hung up on", async (vendor, event) => {
    const rig = await endless(vendor, event);
    const parts = await collect(rig.provider.stream(exampleCall({ maxOutputTokens: 100 }), never()));
    expect(letters(parts)).toBeGreaterThan(400);
    expect(letters(parts)).toBeLessThan(10_000);
    expect(parts.slice(-3)).toMatchObject([
      { type: "notice", notice: "answer-cut" },
      { type: "usage", usage: { estimated: true } },
      { type: "finish", finish: { reason: "length", raw: "answer-too-large" } },
    ]);
    await expect.poll(() => rig.open()).toBe(0);
    expect(rig.gated.rows).toMatchObject([{ end: { outcome: "cancelled" } }]);
  });

  test("and holds no word is given up, however many bytes come, and not asked for again", async () => {
    const rig = await endless("vllm", ": still here\n\n");
    const outcome = await collect(rig.provider.stream(exampleCall({ maxOutputTokens: 100 }), never())).catch(
      (error: AppError) => error,
    );
    expect(outcome).toMatchObject({ code: "provider-server", facts: { reason: "answer-too-large" } });
    expect(rig.gated.rows).toHaveLength(1);
    expect(rig.gated.rows[0]?.end?.bytesReceived).toBeLessThan(2_000_000);
  });
});

describe("an answer that takes too long", () => {
  const bound = { bodyBytes: 1000, letters: 1000, milliseconds: 5 };
  /** Writes its words and then hangs until it is hung up on. */
  const slow = (words: readonly string[], late: AbortController) =>
    withinBound(
      bound,
      never(),
      async function* (signal) {
        for (const text of words) yield { type: "text-delta", text };
        late.abort();
        await new Promise((_, reject) => {
          if (signal.aborted) reject(signal.reason as Error);
        });
      },
      () => late.signal,
    );

  test("is kept as far as it came", async () => {
    expect(await collect(slow(["one", "two"], new AbortController()))).toEqual([
      { type: "text-delta", text: "one" },
      { type: "text-delta", text: "two" },
      { type: "notice", notice: "answer-cut" },
      { type: "finish", finish: { reason: "length", raw: "answer-too-slow" } },
    ]);
  });

  test("without a word is told as timed out", async () => {
    await expect(collect(slow([], new AbortController()))).rejects.toMatchObject({
      code: "provider-timed-out",
      facts: { reason: "answer-too-slow" },
    });
  });
});
