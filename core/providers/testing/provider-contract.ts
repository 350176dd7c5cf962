import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError, isCancel, type ErrorCode } from "../../contract/errors.ts";
import type { Provider, ProviderCall, StreamPart } from "../provider.ts";

export { exampleCall } from "./example-call.ts";

/** What a suite needs to drive one adapter, real or fake. */
export interface ProviderRig {
  readonly provider: Provider;
  /** A call the adapter answers in full. */
  readonly call: ProviderCall;
  /** The whole reply that `call` must give; null where the engine is free to choose its words. */
  readonly reply: string | null;
  /** The whole reasoning, for rigs whose call thinks. */
  readonly reasoning?: string;
  /** Generations or connections open on the other side, now. */
  readonly openStreams: () => number | Promise<number>;
  /** Failures this adapter can be made to meet: name, a provider or call that meets it, and what must come out. */
  readonly failures?: readonly FailureCase[];
  /** The same reply, framed in other ways (byte by byte, coalesced, cut in a character). */
  readonly framings?: readonly { readonly name: string; readonly provider: Provider }[];
  readonly close?: () => Promise<void>;
}

export interface FailureCase {
  readonly name: string;
  readonly provider?: Provider;
  readonly call?: ProviderCall;
  readonly code: ErrorCode;
  /** Milliseconds that the failure must carry; null: it must carry none. Left out: not looked at. */
  readonly retryAfter?: number | null;
  /** Requests the other side must have seen, where it can count. */
  readonly requests?: { readonly count: () => number; readonly expected: number };
}

async function collect(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

const text = (parts: readonly StreamPart[], type: "text-delta" | "reasoning-delta") =>
  parts.map((part) => (part.type === type ? part.text : "")).join("");

/** The promises of `Provider`, run against every adapter and the fake. */
export function providerContract(name: string, makeRig: () => Promise<ProviderRig>): void {
  describe(`${name} keeps the provider contract`, () => {
    let rig: ProviderRig;
    beforeAll(async () => {
      rig = await makeRig();
    }, 120_000);
    afterAll(async () => rig?.close?.());
    const never = () => new AbortController().signal;

    test("deltas join to the reply, usage follows the last delta once, finish is last", async () => {
      const parts = await collect(rig.provider.stream(rig.call, never()));
      const reply = text(parts, "text-delta");
      if (rig.reply === null) expect(reply.length).toBeGreaterThan(0);
      else expect(reply).toBe(rig.reply);
      const types = parts.map((part) => part.type);
      expect(types.at(-1)).toBe("finish");
      expect(types.filter((type) => type === "finish")).toHaveLength(1);
      const usages = types.filter((type) => type === "usage");
      expect(usages.length).toBeLessThanOrEqual(1);
      if (rig.provider.capabilities.usage) expect(usages).toHaveLength(1);
      const lastDelta = types.findLastIndex((type) => type.endsWith("-delta"));
      if (usages.length === 1) expect(types.indexOf("usage")).toBeGreaterThan(lastDelta);
      expect(await rig.openStreams()).toBe(0);
    });

    test("no delta is empty", async () => {
      const parts = await collect(rig.provider.stream(rig.call, never()));
      expect(parts.filter((part) => "text" in part && part.text === "")).toEqual([]);
    });

    test("reasoning stays apart from the answer", async () => {
      if (rig.reasoning === undefined) return;
      const parts = await collect(rig.provider.stream(rig.call, never()));
      expect(text(parts, "reasoning-delta")).toBe(rig.reasoning);
      expect(text(parts, "text-delta")).not.toContain(rig.reasoning);
    });

    test("leaving the loop early hangs up", async () => {
      for await (const part of rig.provider.stream(rig.call, never())) {
        if (part.type === "text-delta") break;
      }
      await expect.poll(() => rig.openStreams(), { timeout: 10_000 }).toBe(0);
    });

    test("aborting mid-stream ends in a cancel and hangs up", async () => {
      const controller = new AbortController();
      const reading = (async () => {
        for await (const part of rig.provider.stream(rig.call, controller.signal)) {
          if (part.type === "text-delta") controller.abort();
        }
      })();
      const outcome = await reading.then(
        () => "ended",
        (error: unknown) => (isCancel(error) ? "cancelled" : error),
      );
      // An engine that had already finished may end; nothing else may come out of a cancel.
      expect(["ended", "cancelled"]).toContain(outcome);
      await expect.poll(() => rig.openStreams(), { timeout: 10_000 }).toBe(0);
    });

    test("a signal aborted before the call sends nothing", async () => {
      const error = await collect(rig.provider.stream(rig.call, AbortSignal.abort())).catch(
        (reason: unknown) => reason,
      );
      expect(isCancel(error)).toBe(true);
      expect(await rig.openStreams()).toBe(0);
    });

    test("each failure comes out with its closed code and its delay", async () => {
      for (const failure of rig.failures ?? []) {
        const provider = failure.provider ?? rig.provider;
        const before = failure.requests?.count() ?? 0;
        const error = await collect(provider.stream(failure.call ?? rig.call, never())).catch(
          (reason: unknown) => reason,
        );
        expect(error, failure.name).toBeInstanceOf(AppError);
        expect((error as AppError).code, failure.name).toBe(failure.code);
        if (failure.retryAfter !== undefined)
          expect((error as AppError).retryAfter ?? null, failure.name).toBe(failure.retryAfter);
        if (failure.requests)
          expect(failure.requests.count() - before, failure.name).toBe(failure.requests.expected);
      }
    });

    test("the framing of the bytes changes nothing", async () => {
      for (const framing of rig.framings ?? []) {
        const parts = await collect(framing.provider.stream(rig.call, never()));
        expect(text(parts, "text-delta"), framing.name).toBe(rig.reply);
        expect(parts.at(-1)?.type, framing.name).toBe("finish");
      }
    });

    test("health is told without an error", async () => {
      await expect(rig.provider.checkHealth(never())).resolves.toBeUndefined();
    });

    test("models are listed where the adapter says it lists them", async () => {
      if (!rig.provider.capabilities.listsModels) return;
      expect((await rig.provider.listModels(never())).length).toBeGreaterThan(0);
    });
  });
}
