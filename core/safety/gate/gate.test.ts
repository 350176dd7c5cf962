import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError, isCancel } from "../../contract/errors.ts";
import { makeGate, type GateFetch, type LedgerEnd, type LedgerStart, type LedgerWriter } from "./gate.ts";
import { makeTransport, type ClosableTransport } from "./transport.ts";

interface Row extends LedgerStart {
  end?: LedgerEnd;
}

/** Rows in memory, in the order they were begun. */
function makeMemoryLedger(): LedgerWriter & { rows: Row[] } {
  const rows: Row[] = [];
  return {
    rows,
    begin: async (start) => rows.push({ ...start }),
    end: async (id, end) => {
      (rows[id - 1] as Row).end = end;
    },
  };
}

let server: Server;
let origin: string;
let seen: { bytes: number; requests: number; open: number };
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let carrier: ClosableTransport;
let ledger: ReturnType<typeof makeMemoryLedger>;
let allowed: Set<string>;
let isSealed: boolean;
let gate: ReturnType<typeof makeGate>;
let gateFetch: GateFetch;
const never = () => new AbortController().signal;

beforeEach(async () => {
  seen = { bytes: 0, requests: 0, open: 0 };
  server = createServer((request, response) => {
    seen.requests += 1;
    seen.open += 1;
    response.on("close", () => (seen.open -= 1));
    request.on("data", (chunk: Buffer) => (seen.bytes += chunk.length));
    request.on("end", () => handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  carrier = makeTransport({ certificatesFor: () => ({}), firstByteTimeout: 5000, idleTimeout: 5000 });
  ledger = makeMemoryLedger();
  allowed = new Set([origin]);
  isSealed = true;
  gate = makeGate({
    transport: carrier.transport,
    ledger,
    allows: (name) => allowed.has(name),
    seals: { has: () => isSealed },
    now: Date.now,
  });
  gateFetch = gate({ requestId: "r1", purpose: "suggest", tier: "private" });
});
afterEach(async () => {
  await carrier.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (body: string, signal = never()) =>
  gateFetch(
    `${origin}/v1/chat`,
    { method: "POST", headers: { "content-type": "application/json" }, body },
    signal,
  );

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe("the gate", () => {
  test("counts the same bytes as the server, both ways, and keeps the payload", async () => {
    handle = (_request, response) => response.end("antwort: 你好");
    const body = JSON.stringify({ text: "Frage: 你好 – ü" });
    expect(await read((await post(body)).body)).toBe("antwort: 你好");
    const row = ledger.rows[0] as Row;
    expect(row.bytesSent).toBe(seen.bytes);
    expect(new TextDecoder().decode(row.payload)).toBe(body);
    expect(row.end).toMatchObject({
      outcome: "completed",
      status: 200,
      bytesReceived: Buffer.byteLength("antwort: 你好"),
    });
    expect(row).toMatchObject({
      origin,
      path: "/v1/chat",
      purpose: "suggest",
      tier: "private",
      requestId: "r1",
    });
  });

  test("sends nothing to an origin that the settings do not name, and says so in the ledger", async () => {
    allowed.clear();
    await expect(post("secret")).rejects.toMatchObject({ code: "egress-refused" });
    expect(seen.requests).toBe(0);
    expect(ledger.rows[0]?.end?.outcome).toBe("refused");
    expect(ledger.rows[0]?.bytesSent).toBe(0);
  });

  test("sends nothing that nobody sealed, and says so in the ledger", async () => {
    isSealed = false;
    await expect(post("secret")).rejects.toMatchObject({
      code: "egress-refused",
      facts: { reason: "not-sealed" },
    });
    expect(seen.requests).toBe(0);
    expect(ledger.rows).toMatchObject([{ bytesSent: 0, end: { outcome: "refused" } }]);
  });

  test("sends the bytes that were looked at, whatever becomes of the caller's objects meanwhile", async () => {
    handle = (_request, response) => response.end("ok");
    const body = new TextEncoder().encode("approved");
    const headers: Record<string, string> = { "x-a": "1" };
    let arrived = "";
    server.on("request", (request) => {
      arrived += request.headers["x-b"] ?? "";
      request.on("data", (chunk: Buffer) => (arrived += chunk.toString()));
    });
    const sending = gateFetch(`${origin}/v1/chat`, { method: "POST", headers, body }, never());
    body.fill("X".charCodeAt(0));
    headers["x-b"] = "smuggled";
    await read((await sending).body);
    expect(arrived).toBe("approved");
  });

  test.each(["http://example.com/x", "ftp://127.0.0.1/x", "https://user:pw@127.0.0.1/x", "nonsense"])(
    "refuses the address %s before anything else",
    async (address) => {
      allowed.add("http://example.com");
      await expect(gateFetch(address, { method: "GET", headers: {} }, never())).rejects.toMatchObject({
        code: "egress-refused",
      });
      expect(ledger.rows).toHaveLength(0);
    },
  );

  test("does not follow a redirect with the key and the text", async () => {
    handle = (_request, response) => response.writeHead(307, { location: "http://127.0.0.1:9/steal" }).end();
    await expect(post("secret")).rejects.toMatchObject({
      code: "egress-refused",
      facts: { reason: "redirect" },
    });
    expect(seen.requests).toBe(1);
  });

  test("a model download sees the redirect, and the next hop must be allowed by itself", async () => {
    handle = (_request, response) => response.writeHead(302, { location: "http://127.0.0.1:9/file" }).end();
    const download = gate({ requestId: "m", purpose: "model-download", tier: null });
    const reply = await download(`${origin}/model`, { method: "GET", headers: {} }, never());
    expect(reply.status).toBe(302);
    await read(reply.body);
    const next = download(reply.headers.get("location") as string, { method: "GET", headers: {} }, never());
    await expect(next).rejects.toMatchObject({ code: "egress-refused" });
    expect(ledger.rows.map((row) => row.end?.outcome)).toEqual(["completed", "refused"]);
  });

  test("leaving the body early hangs up and ends the row as cancelled", async () => {
    handle = (_request, response) => {
      response.write("first ");
      response.write("second");
    };
    for await (const chunk of (await post("x")).body) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await expect.poll(() => seen.open).toBe(0);
    expect(ledger.rows[0]?.end?.outcome).toBe("cancelled");
  });

  test.each([
    [200, "cancelled"],
    [302, "completed"],
    [500, "failed"],
  ])(
    "a body of which nothing was read is hung up on all the same, and its row ends (%i)",
    async (status, outcome) => {
      handle = (_request, response) => {
        response.writeHead(status, { location: "/elsewhere" });
        response.write("and so on");
      };
      const { body } = await gate({ requestId: "m", purpose: "model-download", tier: null })(
        `${origin}/model`,
        { method: "GET", headers: {} },
        never(),
      );
      await body[Symbol.asyncIterator]().return?.();
      await expect.poll(() => seen.open).toBe(0);
      expect(ledger.rows[0]?.end).toMatchObject({ outcome, status });
    },
  );

  test("a redirect that is not followed is hung up on", async () => {
    handle = (_request, response) => {
      response.writeHead(307, { location: "http://127.0.0.1:9/steal" });
      response.write("and so on");
    };
    await expect(post("secret")).rejects.toMatchObject({ code: "egress-refused" });
    await expect.poll(() => seen.open).toBe(0);
    expect(ledger.rows[0]?.end).toMatchObject({ outcome: "failed" });
  });

  test("an abort while waiting for the first byte is a cancel, not a failure", async () => {
    const controller = new AbortController();
    handle = () => controller.abort();
    const error: unknown = await post("x", controller.signal).catch((reason: unknown) => reason);
    expect(isCancel(error)).toBe(true);
    expect(ledger.rows[0]?.end?.outcome).toBe("cancelled");
  });

  test("a cut connection is a network failure and the row says failed", async () => {
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.destroy());
    };
    const reply = await post("x");
    await expect(read(reply.body)).rejects.toBeInstanceOf(AppError);
    expect(ledger.rows[0]?.end).toMatchObject({ outcome: "failed" });
  });

  // guide: "The ledger: every connection made or refused, written down before it is made, with its
  // bytes and outcome."
  test("nothing is sent before the row is durable", async () => {
    handle = (_request, response) => response.end("ok");
    const failing = makeGate({
      transport: carrier.transport,
      ledger: { begin: () => Promise.reject(new AppError("disk-full")), end: async () => undefined },
      allows: () => true,
      seals: { has: () => true },
      now: Date.now,
    })({ requestId: "r", purpose: "suggest", tier: null });
    const sending = failing(`${origin}/x`, { method: "POST", headers: {}, body: "secret" }, never());
    await expect(sending).rejects.toMatchObject({ code: "disk-full" });
    expect(seen.requests).toBe(0);
  });

  test("a server that refuses the connection is a network failure", async () => {
    allowed.add("http://127.0.0.1:9");
    const sending = gateFetch("http://127.0.0.1:9/x", { method: "GET", headers: {} }, never());
    await expect(sending).rejects.toMatchObject({ code: "provider-network" });
  });
});
