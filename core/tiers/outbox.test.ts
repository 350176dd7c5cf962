import { describe, expect, test } from "vitest";
import { AppError } from "../contract/errors.ts";
import type { LedgerEnd } from "../safety/gate/gate.ts";
import { makeOutbox } from "./outbox.ts";
import type { TierStore } from "./tier-store.ts";

const end: LedgerEnd = { bytesReceived: 1, outcome: "completed", status: 200, milliseconds: 1 };

/** A library that can be away, and says what was written to it. */
function makeStore() {
  const written: unknown[] = [];
  let fault: unknown = null;
  let broken: { readonly id: number; readonly error: unknown } | null = null;
  let asked = 0;
  const request = async (name: string, input: unknown): Promise<undefined> => {
    asked += 1;
    if (fault !== null) throw fault;
    if (broken !== null && (input as { id: number }).id === broken.id) throw broken.error;
    written.push(name === "ledger.end" ? (input as { id: number }).id : name);
    return undefined;
  };
  return {
    store: { request } as unknown as TierStore,
    written,
    asked: () => asked,
    goAway: (error: unknown) => (fault = error),
    breakOn: (id: number, error: unknown) => (broken = { id, error }),
    comeBack: () => (fault = null),
  };
}

/** Sleeps that last until the test wakes them. */
function makeSleeps() {
  const sleeping: (() => void)[] = [];
  return {
    clock: {
      sleep: (_milliseconds: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          sleeping.push(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        }),
    },
    sleeping,
    wake: () => {
      for (const resolve of sleeping.splice(0)) resolve();
    },
  };
}

function open() {
  const library = makeStore();
  const sleeps = makeSleeps();
  const reported: unknown[] = [];
  const outbox = makeOutbox({
    store: library.store,
    clock: sleeps.clock,
    report: (_where, error) => reported.push(error),
  });
  return { ...library, ...sleeps, outbox, reported };
}

describe("what is written down about calls", () => {
  test("waits for the library to be there again, and keeps its order", async () => {
    const rig = open();
    rig.goAway(new AppError("worker-restarted"));
    const posts = [1, 2, 3].map((id) => rig.outbox.post("ledger.end", { id, end }));
    await expect.poll(() => rig.sleeping.length).toBe(1);
    expect([rig.written, rig.asked()]).toEqual([[], 1]);
    rig.comeBack();
    rig.wake();
    await Promise.all(posts);
    expect(rig.written).toEqual([1, 2, 3]);
  });

  test("that every start does anew is missed by nobody when Qwill closes before its library was open", async () => {
    const rig = open();
    rig.goAway(new AppError("vault-needs-key"));
    void rig.outbox.post("ledger.interrupt", { before: 1 });
    void rig.outbox.post("ledger.forget-before", { before: 1, now: 2 });
    expect(await rig.outbox.close()).toBe(true);
    expect(rig.reported).toEqual([]);
  });

  test("is written before Qwill closes, also what failed a moment ago", async () => {
    const rig = open();
    rig.goAway(new AppError("disk-full"));
    void rig.outbox.post("ledger.end", { id: 1, end });
    await expect.poll(() => rig.sleeping.length).toBe(1);
    rig.comeBack();
    expect(await rig.outbox.close()).toBe(true);
    expect(rig.written).toEqual([1]);
  });

  test("was tried once it is written, or has to wait for the library", async () => {
    const rig = open();
    await rig.outbox.tried();
    void rig.outbox.post("ledger.end", { id: 1, end });
    await rig.outbox.tried();
    expect(rig.written).toEqual([1]);
    rig.goAway(new AppError("disk-full"));
    void rig.outbox.post("ledger.end", { id: 2, end });
    await rig.outbox.tried();
    await rig.outbox.tried();
    expect([rig.written, rig.sleeping.length]).toEqual([[1], 1]);
    rig.comeBack();
    rig.wake();
    void rig.outbox.post("ledger.end", { id: 3, end });
    await expect.poll(() => rig.written).toEqual([1, 2, 3]);
  });

  test("keeps nobody from closing while the library is gone for good", async () => {
    const rig = open();
    rig.goAway(new AppError("vault-locked"));
    void rig.outbox.post("ledger.end", { id: 1, end });
    expect(await rig.outbox.close()).toBe(false);
  });

  test("keeps nobody from closing while the library hangs", async () => {
    const sleeps = makeSleeps();
    const request = () => new Promise<never>(() => undefined);
    const outbox = makeOutbox({
      store: { request },
      clock: sleeps.clock,
      report: () => undefined,
    });
    void outbox.post("ledger.end", { id: 1, end });
    const closed = outbox.close();
    await expect.poll(() => sleeps.sleeping.length).toBe(1);
    sleeps.wake();
    expect(await closed).toBe(false);
  });

  test("goes on after a row that a fault of ours keeps from being written, and tells the fault", async () => {
    const rig = open();
    rig.breakOn(1, new Error("constraint"));
    const posts = [1, 2].map((id) => rig.outbox.post("ledger.end", { id, end }));
    for (let turn = 0; turn < 2; turn += 1) {
      await expect.poll(() => rig.sleeping.length).toBe(1);
      rig.wake();
    }
    await Promise.all(posts);
    expect([rig.written, rig.reported.length]).toEqual([[2], 3]);
  });
});
