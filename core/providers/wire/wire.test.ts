import { describe, expect, test } from "vitest";
import { AppError } from "../../contract/errors.ts";
import { retryAfterOf, usualRetries, withRetries, type RetryClock } from "./retry.ts";
import { readEvents, type ServerSentEvent } from "./server-sent-events.ts";

const bytes = new TextEncoder();

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const all = bytes.encode(text);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

async function events(text: string, size = 1): Promise<ServerSentEvent[]> {
  const found: ServerSentEvent[] = [];
  for await (const event of readEvents(inPieces(text, size))) found.push(event);
  return found;
}

describe("server-sent events", () => {
  const stream =
    'data: {"a":"你好"}\n\n: ping\n\nevent: error\r\ndata:{"b":1}\r\n\r\ndata: one\rdata: two\r\r';
  const expected = [
    { event: "", data: '{"a":"你好"}' },
    { event: "error", data: '{"b":1}' },
    { event: "", data: "one\ntwo" },
  ];

  test.each([1, 2, 3, 5, 7, 1000])(
    "come out the same in pieces of %i bytes, whatever the line ends",
    async (size) => {
      expect(await events(stream, size)).toEqual(expected);
    },
  );

  test("a bare JSON error between events is not lost", async () => {
    expect(await events('data: x\n\n{"error":{"code":500}}\n')).toEqual([
      { event: "", data: "x" },
      { event: "unframed", data: '{"error":{"code":500}}' },
    ]);
  });

  test("a last event without its blank line is given", async () => {
    expect(await events("data: last")).toEqual([{ event: "", data: "last" }]);
  });

  test("an event without an end is refused, not collected for ever", async () => {
    const endless = async function* () {
      for (;;) yield bytes.encode("x".repeat(100_000));
    };
    const reading = (async () => {
      for await (const event of readEvents(endless())) throw new Error(event.data);
    })();
    await expect(reading).rejects.toMatchObject({ code: "provider-server" });
  });
});

describe("retries", () => {
  const makeClock = () => {
    const waits: number[] = [];
    const clock: RetryClock = {
      random: () => 1,
      sleep: async (milliseconds) => void waits.push(milliseconds),
    };
    return { clock, waits };
  };
  const never = () => new AbortController().signal;
  const failing = (errors: AppError[], parts: string[] = ["ok"]) =>
    async function* () {
      const error = errors.shift();
      if (error) throw error;
      yield* parts;
    };
  const collect = async (attempt: () => AsyncIterable<string>, clock: RetryClock) => {
    const seen: string[] = [];
    for await (const part of withRetries(attempt, usualRetries, clock, never())) seen.push(part);
    return seen;
  };

  test("a passing failure is tried again, later each time", async () => {
    const { clock, waits } = makeClock();
    const error = () => new AppError("provider-server");
    expect(await collect(failing([error(), error(), error()]), clock)).toEqual(["ok"]);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test("the fourth failure is the last", async () => {
    const { clock, waits } = makeClock();
    const errors = Array.from({ length: 9 }, () => new AppError("provider-network"));
    await expect(collect(failing(errors), clock)).rejects.toMatchObject({ code: "provider-network" });
    expect(waits).toHaveLength(3);
    expect(errors).toHaveLength(5);
  });

  test("the server's own delay is kept to, and one that is too long is told instead", async () => {
    const { clock, waits } = makeClock();
    await collect(failing([new AppError("provider-rate-limited", { retryAfter: 7000 })]), clock);
    expect(waits).toEqual([7000]);
    const long = failing([new AppError("provider-rate-limited", { retryAfter: 3_600_000 })]);
    await expect(collect(long, clock)).rejects.toMatchObject({ retryAfter: 3_600_000 });
  });

  test.each([
    "provider-auth",
    "provider-billing",
    "provider-moderated",
    "provider-context-overflow",
    "egress-refused",
  ] as const)("%s is never tried again", async (code) => {
    const { clock, waits } = makeClock();
    await expect(collect(failing([new AppError(code)]), clock)).rejects.toMatchObject({ code });
    expect(waits).toEqual([]);
  });

  test("nothing is tried again after the first part", async () => {
    const { clock, waits } = makeClock();
    let tries = 0;
    const attempt = async function* () {
      tries += 1;
      yield "seen";
      throw new AppError("provider-server");
    };
    await expect(collect(attempt, clock)).rejects.toMatchObject({ code: "provider-server" });
    expect([tries, waits]).toEqual([1, []]);
  });

  test("retry-after is read in milliseconds, seconds and as a date", () => {
    const now = Date.parse("2026-11-23T00:00:00Z");
    expect(retryAfterOf(new Map([["retry-after-ms", "250"]]), now)).toBe(250);
    expect(retryAfterOf(new Map([["retry-after", "2"]]), now)).toBe(2000);
    expect(retryAfterOf(new Map([["retry-after", "Mon, 23 Nov 2026 00:00:05 GMT"]]), now)).toBe(5000);
    expect(retryAfterOf(new Map([["retry-after", "soon"]]), now)).toBeUndefined();
  });
});
