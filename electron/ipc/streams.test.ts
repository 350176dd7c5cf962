import { describe, expect, test } from "vitest";
import type { StreamHandlers } from "../../core/contract/routes.ts";
import type { StreamMessage } from "../preload/channels.ts";
import { makePageStreams } from "./streams.ts";

const page = { isTopFrame: true, url: "app://qwill/index.html" };
const end = {
  type: "suggest-end",
  finish: "stop",
  milliseconds: { retrieval: 1, firstToken: null, total: 2 },
} as const;
const request = { id: "1", text: "hello" };

function rig(suggest: StreamHandlers["suggest"]) {
  const sent: [number, StreamMessage][] = [];
  const bugs: string[] = [];
  const handlers: StreamHandlers = {
    suggest,
    "models.download": async function* () {
      yield { modelId: "m", receivedBytes: 0, totalBytes: 1, bytesPerSecond: 0, secondsLeft: null };
    },
  };
  const streams = makePageStreams(
    handlers,
    (id, message) => sent.push([id, message]),
    (where) => bugs.push(where),
  );
  return { streams, sent, bugs };
}

/** Yields once, then waits for its signal and says goodbye. */
const waiting: StreamHandlers["suggest"] = async function* (_request, signal) {
  yield { type: "text-delta", text: "a" };
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  yield { ...end, finish: "cancelled" };
};

describe("a page's streams", () => {
  test("send every event in order and one end", async () => {
    const { streams, sent } = rig(async function* () {
      yield { type: "text-delta", text: "a" };
      yield end;
    });
    await streams.open(page, 7, "suggest", request);
    expect(sent).toEqual([
      [7, { event: { type: "text-delta", text: "a" } }],
      [7, { event: end }],
      [7, { end: null }],
    ]);
  });

  test("a cancel reaches the handler, whose last event still arrives", async () => {
    const { streams, sent } = rig(waiting);
    const done = streams.open(page, 1, "suggest", request);
    streams.cancel(1);
    await done;
    expect(sent.at(-2)).toEqual([1, { event: { ...end, finish: "cancelled" } }]);
    expect(sent.at(-1)).toEqual([1, { end: null }]);
  });

  test("a page that goes away ends all it had open", async () => {
    const { streams, sent } = rig(waiting);
    const open = [1, 2, 3].map((id) => streams.open(page, id, "suggest", request));
    streams.cancelAll();
    await Promise.all(open);
    expect(sent.filter(([, message]) => "end" in message)).toHaveLength(3);
  });

  test("an event that is not the route's ends the stream as internal and is reported", async () => {
    const { streams, sent, bugs } = rig(async function* () {
      yield { type: "nonsense" } as never;
    });
    await streams.open(page, 1, "suggest", request);
    expect(sent).toEqual([[1, { end: { code: "internal" } }]]);
    expect(bugs).toEqual(["suggest"]);
  });

  test.each([
    ["an unknown stream", page, "toString", request, "bad-request"],
    ["a request that does not parse", page, "suggest", { id: 3 }, "bad-request"],
    ["a foreign frame", { isTopFrame: false, url: page.url }, "suggest", request, "not-allowed"],
  ])("refuses %s", async (_name, sender, route, input, code) => {
    const { streams, sent } = rig(waiting);
    await streams.open(sender, 1, route, input);
    expect(sent).toEqual([[1, { end: { code } }]]);
  });

  test("an id that is in use, or no number, opens nothing", async () => {
    const { streams, sent } = rig(waiting);
    const first = streams.open(page, 1, "suggest", request);
    await streams.open(page, 1, "suggest", request);
    await streams.open(page, "1", "suggest", request);
    streams.cancelAll();
    await first;
    expect(sent.filter(([, message]) => "end" in message)).toHaveLength(1);
  });
});
