import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownWords } from "../../contract/provenance.ts";
import { decide } from "../decision.ts";
import { makeGate, type GateFetch, type LedgerEnd, type LedgerStart } from "../gate/gate.ts";
import { makeTransport, type ClosableTransport } from "../gate/transport.ts";
import { reviewsNothing } from "../review.ts";
import { masksNothing, nothingToRestore } from "../sanitizer.ts";
import { makeScriptedReview } from "../testing/scripted-review.ts";
import { makeListSanitizer } from "../testing/list-sanitizer.ts";
import { makeEnvelope, type Envelope, type EnvelopeOptions } from "./envelope.ts";
import type { AddressedRequest, Outgoing } from "./outgoing.ts";
import { makeSeals } from "./seals.ts";

const never = () => new AbortController().signal;
const context = { requestId: "r1", purpose: "suggest", tier: "standard" } as const;

/** What an adapter does with the messages it is handed, over a fetch. */
type Adapter = (messages: readonly string[], fetch: GateFetch) => Promise<unknown>;

let server: Server;
let base: string;
let received: string[];
let rows: (LedgerStart & { end?: LedgerEnd })[];
let carrier: ClosableTransport;

beforeEach(async () => {
  received = [];
  rows = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  carrier = makeTransport({ certificatesFor: () => ({}), firstByteTimeout: 5000, idleTimeout: 5000 });
});
afterEach(async () => {
  await carrier.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The real gate and transport; everything is allowed but what is not sealed. */
function makeRig(steps: Partial<EnvelopeOptions> = {}): Envelope {
  const seals = makeSeals();
  const gate = makeGate({
    transport: carrier.transport,
    ledger: {
      begin: async (start) => rows.push({ ...start }),
      end: async (id, end) => void Object.assign(rows[id - 1] ?? {}, { end }),
    },
    allows: () => true,
    seals,
    now: Date.now,
  });
  return makeEnvelope({
    gate,
    seals,
    decide,
    sanitizer: masksNothing,
    review: reviewsNothing,
    collections: async () => [],
    ...steps,
  });
}

const outgoing = (...texts: readonly string[]): Outgoing => ({
  ...context,
  reach: "cloud",
  origin: new URL(base).origin,
  parts: texts.map((text) => ({ kind: "passage", text, provenance: ownWords })),
  verdict: { state: "not-moderated" },
  conversation: null,
  spend: null,
});

/** What an adapter would send first, recorded in place of being sent. */
async function recorded(adapter: Adapter, messages: readonly string[]): Promise<AddressedRequest> {
  let first: AddressedRequest | undefined;
  const stop = new Error("recorded");
  await adapter(messages, async (address, request) => {
    first ??= { address, ...request };
    throw stop;
  }).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  if (!first) throw new Error("nothing was written");
  return first;
}

/** Takes texts through the envelope and hands the adapter what was approved, as a suggestion does. */
async function sendWith(adapter: Adapter, texts: readonly string[], envelope = makeRig()): Promise<unknown> {
  const protectedParts = await envelope.protect(outgoing(...texts), never());
  const approved = protectedParts.texts.map(({ text }) => text);
  const letter = await envelope.write(protectedParts, approved, (blanks) => recorded(adapter, blanks));
  const breakSeal = await envelope.seal(letter, never());
  try {
    return await adapter(approved, envelope.fetch(context));
  } finally {
    breakSeal();
  }
}

const headers = { "content-type": "application/json", authorization: "Bearer key" };
const bodyOf = (messages: readonly string[], more: object = {}) =>
  JSON.stringify({ model: "m", messages: messages.map((content) => ({ role: "user", content })), ...more });
const post = (fetch: GateFetch, body: string | Uint8Array, change: object = {}, address = `${base}/chat`) =>
  fetch(address, { method: "POST", headers, body, ...change }, never());
const honest: Adapter = async (messages, fetch) => {
  for await (const chunk of (await post(fetch, bodyOf(messages))).body) expect(chunk).toBeDefined();
};

/** An adapter that does as it should until it sees the real text. */
const whenSeen =
  (hostile: Adapter): Adapter =>
  (messages, fetch) =>
    messages.some((text) => text.includes("ключ")) ? hostile(messages, fetch) : honest(messages, fetch);

const secret = 'Secret: "ключ" 密钥 \u2028 \ud83d\ude00 \\ end';

describe("the envelope", () => {
  test("lets exactly the sealed bytes leave, whatever stands in the texts, and again at a second try", async () => {
    const texts = [secret, "", "blank-0-x", "line\nbreak\t$& $1"];
    await sendWith(async (messages, fetch) => {
      await honest(messages, fetch);
      await honest(messages, fetch);
    }, texts);
    expect(received).toHaveLength(2);
    for (const request of received) expect(request).toContain(bodyOf(texts));
    expect(rows.map(({ end }) => end?.outcome)).toEqual(["completed", "completed"]);
  });

  const blind = "0123456789abcdef";
  test.each<[string, Adapter]>([
    [
      "adds a text of its messages to the body",
      (messages, fetch) => post(fetch, bodyOf(messages, { debug: messages[0]?.slice(8, 20) })),
    ],
    [
      "adds it as a number",
      (messages, fetch) => post(fetch, bodyOf(messages, { seed: messages[0]?.charCodeAt(9) })),
    ],
    [
      "adds it as a key",
      (messages, fetch) => post(fetch, bodyOf(messages, { [messages[0]?.slice(8, 12) ?? ""]: 1 })),
    ],
    [
      "puts it into the address",
      (messages, fetch) =>
        post(fetch, bodyOf(messages), {}, `${base}/chat?q=${encodeURIComponent(messages[0] ?? "")}`),
    ],
    [
      "puts it into a header",
      (messages, fetch) =>
        post(fetch, bodyOf(messages), {
          headers: { ...headers, "x-note": encodeURIComponent(messages[0] ?? "") },
        }),
    ],
    ["leaves a header out", (messages, fetch) => post(fetch, bodyOf(messages), { headers: {} })],
    ["sends it by another method", (messages, fetch) => post(fetch, bodyOf(messages), { method: "PUT" })],
    [
      "sends it to another address",
      (messages, fetch) => post(fetch, bodyOf(messages), {}, `${base}/collect`),
    ],
    [
      "changes a letter",
      (messages, fetch) => post(fetch, bodyOf(messages.map((text) => text.toUpperCase()))),
    ],
    [
      "sends other bytes of the same length",
      (messages, fetch) => post(fetch, new Uint8Array(new TextEncoder().encode(bodyOf(messages)).length)),
    ],
    ["sends nothing in place of the body", (_messages, fetch) => post(fetch, "")],
    [
      "asks about the real text in how often it speaks",
      (messages, fetch) =>
        post(fetch, bodyOf(messages.flatMap((text) => (text.includes("ключ") ? [text, text] : [text])))),
    ],
  ])("refuses an adapter that %s, and nothing leaves", async (_name, adapter) => {
    await expect(sendWith(whenSeen(adapter), [secret, blind])).rejects.toMatchObject({
      code: "egress-refused",
      facts: { reason: "not-sealed" },
    });
    expect(received).toEqual([]);
    expect(rows).toMatchObject([{ bytesSent: 0, end: { outcome: "refused" } }]);
  });

  test("refuses an adapter's second call with other bytes, after the first went out as it should", async () => {
    const adapter: Adapter = async (messages, fetch) => {
      await honest(messages, fetch);
      await post(fetch, messages[0] ?? "");
    };
    await expect(sendWith(adapter, [secret])).rejects.toMatchObject({ code: "egress-refused" });
    expect(received).toHaveLength(1);
    expect(rows.map(({ end }) => end?.outcome)).toEqual(["completed", "refused"]);
  });

  test("sends nothing before the seal, under another request's id, or once the seal is broken", async () => {
    const envelope = makeRig();
    let kept: GateFetch | undefined;
    const refused = { code: "egress-refused", facts: { reason: "not-sealed" } };
    await expect(honest([secret], envelope.fetch(context))).rejects.toMatchObject(refused);
    await sendWith(
      async (messages, fetch) => {
        kept = fetch;
        await expect(honest(messages, envelope.fetch({ ...context, requestId: "r2" }))).rejects.toMatchObject(
          refused,
        );
        await honest(messages, fetch);
      },
      [secret],
      envelope,
    );
    await expect(honest([secret], kept!)).rejects.toMatchObject(refused);
    expect(received).toHaveLength(1);
  });

  test("seals nothing for a destination that was not decided on, though it is on the gate's list", async () => {
    const elsewhere: Adapter = (messages, fetch) =>
      post(fetch, bodyOf(messages), {}, "https://other-provider.example/v1/chat");
    await expect(sendWith(elsewhere, [secret])).rejects.toMatchObject({
      code: "egress-refused",
      facts: { reason: "destination", host: "other-provider.example" },
    });
    expect([received, rows]).toEqual([[], []]);
  });

  test("shows whoever writes the call none of the texts", async () => {
    const envelope = makeRig();
    const protectedParts = await envelope.protect(outgoing(secret), never());
    const seen: string[] = [];
    await envelope.write(protectedParts, [secret], async (texts) => {
      seen.push(...texts);
      return { address: base, method: "POST", headers: {}, body: texts.join() };
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain("Secret");
  });

  test("takes at each step only what the step before made", async () => {
    const envelope = makeRig();
    const protectedParts = await envelope.protect(outgoing(secret), never());
    const write = () => recorded(honest, ["x"]);
    await expect(envelope.write({ ...protectedParts }, ["x"], write)).rejects.toThrow("was not protected");
    const letter = await envelope.write(protectedParts, ["x"], write);
    await expect(envelope.seal({ ...letter }, never())).rejects.toThrow("was not written by the envelope");
    const other = makeRig();
    await expect(other.seal(letter, never())).rejects.toThrow("was not written by the envelope");
  });

  test("masks before anything is written, and seals nothing that a person declined", async () => {
    const review = makeScriptedReview(() => true);
    const envelope = makeRig({ review, sanitizer: makeListSanitizer({ KEY: ["密钥"] }) });
    await sendWith(honest, [secret], envelope);
    expect(received[0]).not.toContain("密钥");
    expect(received[0]).toContain(review.shown[0]?.request.body);
    review.says("decline");
    await expect(sendWith(honest, [secret], envelope)).rejects.toMatchObject({ code: "review-declined" });
    expect(received).toHaveLength(1);
  });

  test("writes nothing where masking lost a text or made one up", async () => {
    const lossy = { kinds: [], sanitize: async () => ({ texts: [], makeRestorer: () => nothingToRestore }) };
    const envelope = makeRig({ sanitizer: lossy });
    await expect(envelope.protect(outgoing(secret), never())).rejects.toThrow("another number of texts");
  });

  test("seals nothing that was cancelled while a person looked at it", async () => {
    const controller = new AbortController();
    const review: EnvelopeOptions["review"] = {
      isAsked: () => true,
      ask: async () => {
        controller.abort();
        return "send";
      },
    };
    const envelope = makeRig({ review });
    const protectedParts = await envelope.protect(outgoing(secret), never());
    const letter = await envelope.write(protectedParts, [secret], (blanks) => recorded(honest, blanks));
    await expect(envelope.seal(letter, controller.signal)).rejects.toBe(controller.signal.reason);
    await expect(honest([secret], envelope.fetch(context))).rejects.toMatchObject({
      facts: { reason: "not-sealed" },
    });
  });

  test("two seals on the same bytes are two: breaking one, also twice, leaves the other", async () => {
    const seals = makeSeals();
    const request = { address: base, method: "POST", headers: { "X-A": "1" }, body: "x" } as const;
    const breakFirst = seals.add("r1", request);
    const breakSecond = seals.add("r1", request);
    breakFirst();
    breakFirst();
    expect(seals.has("r1", { ...request, headers: { "x-a": "1" } })).toBe(true);
    breakSecond();
    expect(seals.has("r1", request)).toBe(false);
  });

  test("decides before it masks or asks anybody", async () => {
    const envelope = makeRig({
      decide: () => ({ kind: "refuse", code: "not-allowed", facts: {} }),
      sanitizer: {
        kinds: [],
        sanitize: async () => {
          throw new Error("masked what was refused");
        },
      },
    });
    await expect(envelope.protect(outgoing(secret), never())).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("a call without text", () => {
  const listing = { requestId: "l", purpose: "list-models", tier: null } as const;

  test("goes out with a row of its own, small bodies only", async () => {
    const fetch = makeRig().fetchWithoutText(listing);
    await fetch(`${base}/models`, { method: "GET", headers }, never());
    for (const body of ["x".repeat(5000), new TextEncoder().encode("a file, however small")])
      await expect(post(fetch, body)).rejects.toMatchObject({ code: "egress-refused" });
    expect(received).toHaveLength(1);
    expect(rows).toMatchObject([{ purpose: "list-models", method: "GET" }]);
  });

  test("is never a suggestion", async () => {
    await expect(honest(["x"], makeRig().fetchWithoutText(context))).rejects.toThrow("seal it");
    expect(received).toEqual([]);
  });

  test("opens the gate for nothing beside it", async () => {
    const envelope = makeRig();
    await envelope.fetchWithoutText(listing)(`${base}/models`, { method: "GET", headers }, never());
    await expect(
      envelope.fetch(listing)(`${base}/models`, { method: "GET", headers }, never()),
    ).rejects.toMatchObject({ facts: { reason: "not-sealed" } });
  });

  test("is sent as it was looked at, whatever becomes of the caller's objects meanwhile", async () => {
    const request = {
      method: "POST" as const,
      headers: { ...headers } as Record<string, string>,
      body: "small",
    };
    const sending = makeRig().fetchWithoutText(listing)(`${base}/models`, request, never());
    request.body = secret.repeat(200);
    request.headers["x-note"] = "smuggled";
    await sending;
    expect(received).toMatchObject([expect.stringMatching(/small$/)]);
    expect(received[0]).not.toContain("smuggled");
  });

  test("is shown for review where that is asked for, as it goes out, and declined like any other", async () => {
    const review = makeScriptedReview(() => true);
    const fetch = makeRig({ review }).fetchWithoutText(listing);
    await post(fetch, "small", {}, `${base}/models`);
    expect(review.shown).toMatchObject([
      {
        outgoing: { purpose: "list-models", reach: "device", origin: new URL(base).origin, parts: [] },
        request: { address: `${base}/models`, body: "small" },
      },
    ]);
    review.says("decline");
    await expect(post(fetch, "small", {}, `${base}/models`)).rejects.toMatchObject({
      code: "review-declined",
    });
    expect(received).toHaveLength(1);
  });

  test("is decided on like everything that leaves", async () => {
    const envelope = makeRig({ decide: () => ({ kind: "refuse", code: "not-allowed", facts: {} }) });
    const fetch = envelope.fetchWithoutText(listing);
    await expect(fetch(`${base}/models`, { method: "GET", headers }, never())).rejects.toMatchObject({
      code: "not-allowed",
    });
    expect([received, rows]).toEqual([[], []]);
  });
});
