import { describe, expect, test } from "vitest";
import { AppError } from "../../core/contract/errors.ts";
import type { Bridge } from "../../core/contract/routes.ts";
import { makeIpc } from "./ipc.ts";

/** A bridge whose one stream is driven by the test. */
function makeHandDriven() {
  let onEvent: (event: unknown) => void = () => undefined;
  let onEnd: Parameters<Bridge["stream"]>[3] = () => undefined;
  const cancelled: string[] = [];
  const bridge: Bridge = {
    request: () => Promise.resolve({ ok: false, failure: { code: "disk-full", facts: { free: 0 } } }),
    stream: (route, _input, event, end) => {
      onEvent = event;
      onEnd = end;
      return () => cancelled.push(route);
    },
    on: () => () => undefined,
  };
  return {
    ipc: makeIpc(bridge),
    cancelled,
    send: (event: unknown) => onEvent(event),
    end: () => onEnd(null),
    fail: () => onEnd({ code: "offline" }),
  };
}
const input = { modelId: "m" };

test("a failed reply is thrown as AppError with its facts", async () => {
  const error: unknown = await makeHandDriven()
    .ipc.call("app.info")
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "disk-full", facts: { free: 0 } });
});

describe("a stream", () => {
  test("gives events in order, also those that came before anyone asked, and ends", async () => {
    const hand = makeHandDriven();
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const event of hand.ipc.stream("models.download", input, new AbortController().signal))
        seen.push(event);
    })();
    hand.send(1);
    hand.send(2);
    hand.end();
    await reading;
    expect(seen).toEqual([1, 2]);
    expect(hand.cancelled).toEqual([]);
  });
  test("leaving the loop cancels", async () => {
    const hand = makeHandDriven();
    const reading = (async () => {
      for await (const event of hand.ipc.stream("models.download", input, new AbortController().signal)) {
        if (event) break;
      }
    })();
    hand.send(1);
    await reading;
    expect(hand.cancelled).toEqual(["models.download"]);
  });
  test("an abort cancels and reads as cancelled, even when nothing more comes", async () => {
    const hand = makeHandDriven();
    const controller = new AbortController();
    const next = hand.ipc.stream("models.download", input, controller.signal)[Symbol.asyncIterator]().next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: "cancelled" });
    expect(hand.cancelled).toEqual(["models.download"]);
  });
  test("its failure is thrown after the events before it", async () => {
    const hand = makeHandDriven();
    const stream = hand.ipc.stream("models.download", input, new AbortController().signal);
    const iterator = stream[Symbol.asyncIterator]();
    const first = iterator.next();
    hand.send(1);
    hand.fail();
    expect(await first).toEqual({ value: 1, done: false });
    await expect(iterator.next()).rejects.toMatchObject({ code: "offline" });
  });
});
