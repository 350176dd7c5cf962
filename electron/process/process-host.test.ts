import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError, toFailure } from "../../core/contract/errors.ts";
import { serve } from "./link.ts";
import { hostProcess, type Host } from "./process-host.ts";
import { chances } from "./testing/chances.ts";
import { makeFakeChild, type FakeChild } from "./testing/fake-child.ts";

type Remote = {
  requests: {
    open: (input: undefined, signal: AbortSignal) => Promise<void>;
    read: (input: number, signal: AbortSignal) => Promise<number>;
    write: (input: number, signal: AbortSignal) => Promise<number>;
    hang: (input: undefined, signal: AbortSignal) => Promise<void>;
  };
  streams: { count: (input: number, signal: AbortSignal) => AsyncIterable<number> };
  events: Record<string, never>;
};

type Preparing = "works" | "is refused" | "hangs";

const { signal } = new AbortController();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Rig {
  readonly host: Host<Remote>;
  readonly processes: FakeChild[];
  /** How the next starts go. */
  readonly next: {
    preparing: Preparing;
    spawns: boolean;
    isPolite: boolean;
    dying?: (end: () => void) => void;
  };
  readonly said: string[];
  readonly alive: () => number;
  readonly newest: () => FakeChild | undefined;
}

function rig(restarts: "at-once" | "when-asked" = "at-once"): Rig {
  const processes: FakeChild[] = [];
  const said: string[] = [];
  const next: Rig["next"] = { preparing: "works", spawns: true, isPolite: true };
  function fork(): FakeChild {
    const { preparing, spawns, isPolite, dying } = next;
    const child = makeFakeChild({ isPolite, ...(dying && { dying }) });
    processes.push(child);
    serve<Remote>(
      { post: (message) => child.say(message), listen: (listener) => child.hear(listener) },
      {
        requests: {
          open: async () => {
            if (preparing === "is refused") throw new AppError("vault-in-use");
            if (preparing === "hangs") await new Promise(() => undefined);
          },
          read: async (input) => input,
          write: async (input) => input,
          hang: async () => new Promise(() => undefined),
        },
        streams: {
          count: async function* (input) {
            for (let i = 0; i < input; i++) yield i;
          },
        },
      },
      () => undefined,
    );
    if (spawns) queueMicrotask(() => child.spawn());
    return child;
  }
  const host = hostProcess<Remote>({
    name: "test",
    fork,
    prepare: (link) => link.request("open", undefined, signal),
    restarts,
    isRepeatable: (name) => name === "read",
    onEvent: () => undefined,
    onRestart: () => said.push("restarted"),
    onDown: (error) => said.push(`down: ${toFailure(error).code}`),
    report: () => undefined,
  });
  const alive = () => processes.filter(({ isAlive }) => isAlive).length;
  return { host, processes, next, said, alive, newest: () => processes.at(-1) };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "answered",
    (error: unknown) => toFailure(error).code,
  );
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe("a process kept alive", () => {
  test("starts with the first call, and one process serves them all", async () => {
    const { host, processes, alive } = rig();
    expect(processes).toEqual([]);
    expect(await Promise.all([1, 2, 3].map((one) => host.request("read", one, signal)))).toEqual([1, 2, 3]);
    const counted: number[] = [];
    for await (const one of host.stream("count", 3, signal)) counted.push(one);
    expect([counted, processes.length, alive()]).toEqual([[0, 1, 2], 1, 1]);
  });

  test("a start that fails leaves no process behind", async () => {
    const { host, next, processes, alive } = rig();
    next.preparing = "is refused";
    expect(await codeOf(host.start())).toBe("vault-in-use");
    expect(alive()).toBe(0);
    expect(await codeOf(host.request("read", 1, signal))).toBe("vault-in-use");
    expect(processes).toHaveLength(1);
    next.preparing = "works";
    await host.start();
    expect([await host.request("read", 1, signal), processes.length, alive()]).toEqual([1, 2, 1]);
  });

  test("requests after a restart that failed fork nothing, and a start after it works", async () => {
    const { host, next, processes, said, alive, newest } = rig();
    await host.start();
    next.preparing = "is refused";
    newest()?.exit(9);
    const codes = await Promise.all([1, 2, 3].map((one) => codeOf(host.request("read", one, signal))));
    expect(codes).toEqual(["vault-in-use", "vault-in-use", "vault-in-use"]);
    await pass(60_000);
    expect([processes.length, alive(), said]).toEqual([2, 0, ["down: vault-in-use"]]);
    expect(host.process()).toBeNull();
    next.preparing = "works";
    await host.start();
    expect([await host.request("write", 4, signal), alive()]).toEqual([4, 1]);
  });

  test("what was under way when the process died is asked again if that changes nothing, else it fails", async () => {
    const { host, said, newest } = rig();
    await host.start();
    const read = host.request("read", 1, signal);
    const write = codeOf(host.request("write", 1, signal));
    await Promise.resolve();
    newest()?.exit(11);
    expect(await write).toBe("worker-restarted");
    expect(await read).toBe(1);
    expect(said).toEqual(["restarted"]);
  });

  test("a process that dies while it starts is tried again a few times, then given up", async () => {
    const { host, next, processes, alive } = rig();
    next.preparing = "hangs";
    const start = codeOf(host.start());
    for (let turn = 0; turn < 20; turn++) {
      await pass(10_000);
      processes.at(-1)?.exit(7);
    }
    expect(await start).toBe("worker-restarted");
    expect([processes.length, alive()]).toEqual([5, 0]);
  });

  test("a stop while it starts, also before it was spawned, leaves no process behind", async () => {
    for (const spawns of [true, false]) {
      const { host, next, alive, newest } = rig();
      Object.assign(next, { preparing: "hangs", spawns });
      const start = codeOf(host.start());
      await pass(1);
      const stop = host.stop();
      newest()?.spawn();
      await stop;
      expect([await start, alive()]).toEqual(["cancelled", 0]);
      expect(await codeOf(host.request("read", 1, signal))).toBe("cancelled");
      expect(await codeOf(host.start())).toBe("cancelled");
      expect(alive()).toBe(0);
    }
  });

  test("a stop while it waits to try again forks nothing more", async () => {
    const { host, next, processes, newest } = rig();
    next.preparing = "hangs";
    const start = codeOf(host.start());
    for (let turn = 0; turn < 3; turn++) {
      await pass(turn * 250);
      newest()?.exit(7);
    }
    const before = processes.length;
    await host.stop();
    await pass(60_000);
    expect([await start, processes.length]).toEqual(["cancelled", before]);
  });

  test("a stop ends a process that hears no polite signal, and one stuck in the system does not hold it up", async () => {
    const deaf = rig();
    deaf.next.isPolite = false;
    await deaf.host.start();
    const stop = deaf.host.stop();
    await pass(5_000);
    await stop;
    expect(deaf.alive()).toBe(0);

    const stuck = rig();
    stuck.next.dying = () => undefined;
    await stuck.host.start();
    const given = stuck.host.stop();
    await pass(10_000);
    await given;
    expect(await codeOf(stuck.host.request("read", 1, signal))).toBe("cancelled");
  });

  test("who asks may leave while the process starts, and is not kept waiting", async () => {
    const { host, next } = rig();
    next.preparing = "hangs";
    const controller = new AbortController();
    const asked = codeOf(host.request("read", 1, controller.signal));
    controller.abort();
    expect(await asked).toBe("cancelled");
    await host.stop();
  });

  test("a process forked ahead is the one that serves, and is ended when nobody came", async () => {
    const used = rig();
    used.host.warm();
    used.host.warm();
    expect(await used.host.request("read", 1, signal)).toBe(1);
    expect([used.processes.length, used.alive()]).toEqual([1, 1]);

    const unused = rig();
    unused.host.warm();
    await pass(1);
    await unused.host.stop();
    expect([unused.processes.length, unused.alive()]).toEqual([1, 0]);

    const dead = rig();
    dead.host.warm();
    dead.newest()?.exit(1);
    expect(await dead.host.request("read", 1, signal)).toBe(1);
    expect(dead.alive()).toBe(1);
  });

  test("one that is restarted when asked stays down till then", async () => {
    const { host, processes, alive, newest } = rig("when-asked");
    await host.start();
    const hanging = codeOf(host.request("hang", undefined, signal));
    await pass(1);
    newest()?.exit(9);
    expect([await hanging, processes.length, alive()]).toEqual(["worker-restarted", 1, 0]);
    await pass(60_000);
    expect(processes).toHaveLength(1);
    expect(await host.request("write", 3, signal)).toBe(3);
    expect([processes.length, alive()]).toEqual([2, 1]);
  });
});

const closedCodes = new Set(["answered", "cancelled", "worker-restarted", "vault-in-use"]);

describe("in any order of spawns, deaths, refusals, hangs, requests and stops", () => {
  test.each([
    ["at-once", 400],
    ["when-asked", 200],
  ] as const)(
    "restarted %s: one process at most lives, every request ends with a closed code, none is left",
    async (restarts, rounds) => {
      for (let seed = 1; seed <= rounds; seed++) {
        const chance = chances(seed);
        const { host, processes, next, alive } = rig(restarts);
        const waiting: Promise<string>[] = [];
        const slowly = (end: () => void): void => void setTimeout(end, chance(3_000));
        const events: (() => unknown)[] = [
          () => waiting.push(codeOf(host.request("read", 1, signal))),
          () => waiting.push(codeOf(host.request("write", 1, signal))),
          () => waiting.push(codeOf(host.request("hang", undefined, signal))),
          () => waiting.push(codeOf(host.start())),
          () => host.warm(),
          () => processes.at(-1)?.exit(chance(12)),
          () => processes.at(-1)?.spawn(),
          () => (next.preparing = (["works", "is refused", "hangs"] as const)[chance(3)] ?? "works"),
          () => (next.spawns = chance(3) > 0),
          () => (next.isPolite = chance(3) > 0),
          () => (chance(2) > 0 ? (next.dying = slowly) : delete next.dying),
          () => pass(chance(2_000)),
          () => Promise.resolve(),
        ];
        for (let step = 0; step < 30; step++) {
          await events[chance(events.length)]?.();
          expect(alive(), `seed ${seed}, step ${step}`).toBeLessThanOrEqual(1);
        }
        const stop = host.stop();
        // What the system had not started yet it starts now: it must be ended all the same.
        for (const child of processes) child.spawn();
        await pass(60_000);
        await stop;
        const codes = await Promise.all(waiting);
        expect(
          codes.filter((code) => !closedCodes.has(code)),
          `seed ${seed}`,
        ).toEqual([]);
        expect(alive(), `seed ${seed}`).toBe(0);
      }
    },
  );
});
