import type { MessagePortMain } from "electron";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { own, type OwnedProcess } from "../process/child.ts";
import { makeFakeChild, type FakeChild } from "../process/testing/fake-child.ts";
import { makeReaderHost } from "./reader-host.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function rig() {
  const readers: FakeChild[] = [];
  const told: unknown[] = [];
  let looks = 0;
  let library: OwnedProcess | null = null;
  function startLibrary(): FakeChild {
    const child = makeFakeChild();
    child.hear((message) => told.push(message));
    child.spawn();
    library = own(child);
    return child;
  }
  const host = makeReaderHost({
    fork: () => {
      const reader = makeFakeChild();
      readers.push(reader);
      return reader;
    },
    makeLine: () => ({ port1: {} as MessagePortMain, port2: {} as MessagePortMain }),
    library: () => library,
    memory: () => {
      looks += 1;
      return new Map(readers.flatMap(({ pid }, index) => (pid === undefined ? [] : [[pid, index + 100]])));
    },
  });
  const alive = () => readers.map(({ isAlive }) => isAlive);
  /** Everything that was going to happen by now has. */
  const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
  return { host, readers, told, alive, settle, startLibrary, looks: () => looks };
}

describe("reader processes, forked by main for the library process", () => {
  test("a reader that is unwanted before it was spawned is ended, and no timer goes on", async () => {
    const { host, readers, told, alive, settle, startLibrary, looks } = rig();
    startLibrary();
    host.onEvent("reader-wanted", { id: 1 });
    host.onEvent("reader-unwanted", { id: 1 });
    expect(alive()).toEqual([true]);
    readers[0]?.spawn();
    await settle();
    expect(alive()).toEqual([false]);
    expect(told).toContainEqual({ kind: "reader-exit", id: 1, code: 9 });
    const before = looks();
    await settle(10_000);
    expect([looks(), vi.getTimerCount()]).toEqual([before, 0]);
  });

  test("a reader ends with the library process that asked for it, spawned or not", async () => {
    const { host, readers, alive, settle, startLibrary } = rig();
    const library = startLibrary();
    host.onEvent("reader-wanted", { id: 1 });
    host.onEvent("reader-wanted", { id: 2 });
    readers[0]?.spawn();
    library.exit(9);
    await settle();
    readers[1]?.spawn();
    await settle();
    expect(alive()).toEqual([false, false]);
  });

  test("the next library process numbers its readers anew, and none is taken for another", async () => {
    const { host, readers, told, alive, settle, startLibrary } = rig();
    const first = startLibrary();
    host.onEvent("reader-wanted", { id: 1 });
    first.exit(9);
    await settle();
    startLibrary();
    host.onEvent("reader-wanted", { id: 1 });
    readers[1]?.spawn();
    // The first one's end comes late.
    readers[0]?.spawn();
    await settle(250);
    expect(alive()).toEqual([false, true]);
    expect(told).toContainEqual({ kind: "reader-memory", id: 1, bytes: 101 });
    expect(told).not.toContainEqual(expect.objectContaining({ kind: "reader-exit" }));
    host.onEvent("reader-unwanted", { id: 1 });
    await settle();
    expect(alive()).toEqual([false, false]);
  });

  test("none is forked for a library process that is gone, nor after all were closed", async () => {
    const { host, readers, settle, startLibrary } = rig();
    host.onEvent("reader-wanted", { id: 1 });
    const library = startLibrary();
    library.exit(1);
    host.onEvent("reader-wanted", { id: 1 });
    startLibrary();
    host.onEvent("reader-wanted", { id: 1 });
    readers[0]?.spawn();
    await host.closeAll();
    host.onEvent("reader-wanted", { id: 2 });
    await settle();
    expect(readers.map(({ isAlive }) => isAlive)).toEqual([false]);
  });
});
