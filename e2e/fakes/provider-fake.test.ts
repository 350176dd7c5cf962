import { request as secureRequest } from "node:https";
import { expect, onTestFinished, test } from "vitest";
import { makeCertificates } from "./certificates.ts";
import type { FailureName } from "./failures.ts";
import { failures } from "./failures.ts";
import { framings, type Framing } from "./framings.ts";
import { fakeKinds, kindRows, type FakeKind } from "./kinds.ts";
import { startProviderFake, type ProviderFake, type ProviderFakeOptions } from "./provider-fake.ts";

async function start(kind: FakeKind, options: ProviderFakeOptions = {}): Promise<ProviderFake> {
  const fake = await startProviderFake(kind, options);
  onTestFinished(() => fake.close());
  return fake;
}

const ask = (fake: ProviderFake, fields: Record<string, unknown> = {}, signal?: AbortSignal) =>
  fetch(`${fake.baseUrl}/chat/completions`, {
    method: "POST",
    redirect: "manual",
    headers: { authorization: `Bearer ${fake.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "contract-model",
      messages: [{ role: "user", content: "How long?" }],
      stream: true,
      stream_options: { include_usage: true },
      ...fields,
    }),
    ...(signal && { signal }),
  });

const contentOf = (stream: string): string =>
  stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as { choices: { delta: { content?: string | null } }[] })
    .map((chunk) => chunk.choices[0]?.delta.content ?? "")
    .join("");

test.each(fakeKinds)("%s streams its whole answer and ends with [DONE]", async (kind) => {
  const fake = await start(kind, { thoughts: "" });
  const stream = await (await ask(fake)).text();
  expect(contentOf(stream)).toBe(fake.answer.text);
  expect(stream.endsWith("data: [DONE]\n\n")).toBe(true);
  expect(stream.includes('"prompt_tokens"')).toBe(kindRows[kind].usage === "asked");
});

test.each(Object.keys(framings) as Framing[])("%s carries the same letters", async (framing) => {
  const fake = await start("vllm", { framing, thoughts: "" });
  const stream = await (await ask(fake)).text();
  expect(contentOf(stream.replaceAll("\r", ""))).toBe(fake.answer.text);
});

test("counts the body bytes of both sides as the other side does", async () => {
  const fake = await start("vllm");
  const reply = await ask(fake, { messages: [{ role: "user", content: "多长？" }] });
  const received = (await reply.arrayBuffer()).byteLength;
  expect(fake.counts).toMatchObject({ requests: 1, responseBytes: received, openStreams: 0 });
  expect(fake.counts.requestBytes).toBe(Buffer.byteLength(fake.requests[0]?.body ?? ""));
});

test("remembers what it would bill, and nothing of a call that was cut", async () => {
  const fake = await start("dashscope");
  await (await ask(fake)).text();
  fake.fail("ends-after-text");
  await (await ask(fake)).text();
  expect(fake.billed).toEqual([
    { model: "contract-model", prompt_tokens: 7, completion_tokens: expect.any(Number) as number },
  ]);
});

test("tells when the other side has hung up", async () => {
  const fake = await start("vllm");
  fake.fail("stall-after-text");
  const controller = new AbortController();
  await ask(fake, {}, controller.signal);
  expect(fake.counts.openStreams).toBe(1);
  controller.abort();
  await expect.poll(() => fake.counts.openStreams).toBe(0);
});

test("a failure is told once, then all is well again", async () => {
  const fake = await start("dashscope");
  fake.fail("rate-limited-with-delay", "server-error");
  const first = await ask(fake);
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, "2"]);
  expect((await ask(fake)).status).toBe(500);
  expect((await ask(fake)).status).toBe(200);
});

const streaming = new Set<FailureName>(
  (Object.keys(failures) as FailureName[]).filter(
    (name) => (failures[name]("vllm", kindRows.vllm) as { status?: number }).status === undefined,
  ),
);
test.each(fakeKinds)("%s words every refusal in a body of its own", async (kind) => {
  const fake = await start(kind);
  for (const name of Object.keys(failures) as FailureName[]) {
    // That server refuses a long prompt with silence.
    if (streaming.has(name) || (kind === "llama-cpp-python" && name === "context-overflow")) continue;
    fake.fail(name);
    const reply = await ask(fake);
    expect(reply.status, name).toBeGreaterThanOrEqual(300);
    await reply.text();
  }
});

test("a call that waits goes on when it is let go", async () => {
  const fake = await start("vllm", { thoughts: "" });
  fake.fail("slow-first-token");
  const reply = await ask(fake);
  fake.release();
  expect(contentOf(await reply.text())).toBe(fake.answer.text);
});

test("a prompt that is too long is refused with numbers, and by Ollama cut without a word", async () => {
  const long = { messages: [{ role: "user", content: "word ".repeat(500) }] };
  const server = await start("llama-cpp", { contextTokens: 100 });
  expect(await (await ask(server, long)).json()).toMatchObject({ error: { n_ctx: 100 } });
  const ollama = await start("ollama", { contextTokens: 100 });
  expect(await (await ask(ollama, long)).text()).toContain('"prompt_tokens":100');
});

test("with TLS it proves itself by the made-up authority, and can ask for a client certificate", async () => {
  const made = await makeCertificates();
  const fake = await start("vllm", { tls: { ...made.server, clientAuthority: made.authority } });
  const status = (options: object): Promise<number | string> =>
    new Promise((resolve) => {
      const sending = secureRequest(`${fake.origin}/health`, options, (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      });
      sending.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "?"));
      sending.end();
    });
  const client = { cert: made.client.certificate, key: made.client.key };
  expect(await status({ ca: made.authority, ...client, agent: false })).toBe(200);
  expect(await status({ ...client, agent: false })).not.toBe(200);
  expect(await status({ ca: made.authority, agent: false })).not.toBe(200);
});
