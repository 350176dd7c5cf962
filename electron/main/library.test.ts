import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { VaultStatus } from "../../core/contract/app.ts";
import { AppError, type ErrorCode } from "../../core/contract/errors.ts";
import { serve, type Surface } from "../process/link.ts";
import { makeFakeChild, type FakeChild } from "../process/testing/fake-child.ts";
import type { KeySource } from "./key-source.ts";
import { makeLibrary } from "./library.ts";

const signal = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What happens at each start, changed by the test as it goes. */
interface World {
  /** The process refuses to open the library with this. */
  refuses?: ErrorCode;
  bug?: boolean;
  isRolledBack?: boolean;
  areChangesLost?: boolean;
  /** Writing the slot fails with this, after the process has the library open. */
  confirmFails?: ErrorCode;
  needsChoice?: boolean;
  /** The process ends before it answers anything. */
  dies?: boolean;
  /** Told to the process at each opening. */
  areVectorsHeld?: boolean;
}

/** The library over processes that are none, all else is real: host, line, start and stop. */
function rig(world: World = {}) {
  const asked: string[] = [];
  const said: string[] = [];
  const bugs: string[] = [];
  const alerts: string[] = [];
  const keys: Uint8Array[] = [];
  const processes: FakeChild[] = [];

  function fork(): FakeChild {
    const child = makeFakeChild();
    processes.push(child);
    serve<Surface>(
      {
        post: (message) => child.say(message),
        listen: (listener) => child.hear(listener),
      },
      {
        requests: {
          "library.open": ({ areVectorsHeld }: { areVectorsHeld: boolean }) => {
            asked.push(areVectorsHeld ? "open, vectors held" : "open");
            if (world.bug) throw new TypeError("a bug");
            if (world.refuses) throw new AppError(world.refuses);
            const { isRolledBack = false, areChangesLost = false } = world;
            return { generation: 2, isRolledBack, areChangesLost };
          },
          "library.state": () => ({ protection: "development", activeModelId: null, build: null }),
          "library.close": () => void asked.push("close"),
          "collections.list": () => [],
        },
        streams: {},
      },
      () => undefined,
    );
    queueMicrotask(() => (world.dies ? child.exit(7) : child.spawn()));
    return child;
  }

  const source: KeySource = {
    needsChoice: async () => world.needsChoice ?? false,
    unlock: async () => {
      const key = new Uint8Array(32).fill(7);
      keys.push(key);
      return {
        key,
        vaultId: "v",
        generation: 1,
        protection: "development",
        isNew: false,
        confirm: async () => {
          if (world.confirmFails) throw new AppError(world.confirmFails);
        },
      };
    },
    makeDevelopmentKey: async () => {
      world.needsChoice = false;
    },
  };
  const library = makeLibrary({
    fork,
    keys: source,
    opening: () => ({
      dataFolder: "/nowhere",
      nativeBinding: undefined,
      modelFolders: [],
      embeddingModel: "none",
      threads: 1,
      areVectorsHeld: world.areVectorsHeld ?? false,
    }),
    onEvent: () => undefined,
    onStatus: (status) => said.push(status.state === "locked" ? status.code : status.state),
    onRestart: () => said.push("restarted"),
    alert: (kind) => alerts.push(kind),
    report: (where) => bugs.push(where),
  });
  const alive = () => processes.filter(({ isAlive }) => isAlive).length;
  const newest = (): FakeChild | undefined => processes.at(-1);
  return { library, asked, said, bugs, alerts, keys, processes, alive, newest, world };
}

test("what is asked before the person chose where the key goes waits for that, and starts no process", async () => {
  const world = rig({ needsChoice: true });
  await expect(world.library.request("collections.list", undefined, signal)).rejects.toMatchObject({
    code: "vault-needs-key",
  });
  expect([world.processes.length, world.bugs]).toEqual([0, []]);
});

describe("the library in main", () => {
  test("opens, says how its key is kept, and passes requests on", async () => {
    const { library, said, alerts, keys } = rig();
    expect(await library.open()).toEqual({ state: "open", protection: "development" });
    expect(await library.request("collections.list", undefined, signal)).toEqual([]);
    expect([said, alerts]).toEqual([["open"], []]);
    expect(keys).toEqual([new Uint8Array(32)]);
  });

  test("starts no process and writes nothing before the person chose", async () => {
    const { library, processes } = rig({ needsChoice: true });
    expect(await library.open()).toEqual({ state: "needs-choice" });
    await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({
      code: "vault-needs-key",
    });
    expect(processes).toEqual([]);
    expect(await library.useDevelopmentKey()).toEqual({ state: "open", protection: "development" });
  });

  test("a development key that is agreed to at once waits for what there is to choose", async () => {
    const { library } = rig({ needsChoice: true });
    void library.open();
    expect(await library.useDevelopmentKey()).toEqual({ state: "open", protection: "development" });
  });

  test("a development key is refused once there is nothing to choose", async () => {
    const { library } = rig();
    await library.open();
    await expect(library.useDevelopmentKey()).rejects.toMatchObject({ code: "not-allowed" });
  });

  test.each([
    "vault-locked",
    "vault-damaged",
    "vault-from-newer-version",
    "vault-in-use",
    "disk-full",
  ] as const)("says %s, to the window and to every request, and leaves no process", async (code) => {
    const { library, alive } = rig({ refuses: code });
    expect(await library.open()).toEqual({ state: "locked", code });
    await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({ code });
    expect(alive()).toBe(0);
  });

  test("a fault of ours while opening is reported and told as such, not as damage of the library", async () => {
    const { library, bugs, alive } = rig({ bug: true });
    expect(await library.open()).toEqual({ state: "locked", code: "internal" });
    expect([bugs, alive()]).toEqual([["library"], 0]);
  });

  test("two wishes to open are one opening", async () => {
    const { library, asked } = rig();
    await Promise.all([library.open(), library.open()]);
    expect(asked).toEqual(["open"]);
  });

  test("closes the database before it ends the process", async () => {
    const { library, asked, alive } = rig();
    await library.open();
    await library.close();
    expect([asked, alive()]).toEqual([["open", "close"], 0]);
  });

  test("a full disk while the slot is written does not keep the library shut, and is told", async () => {
    const { library, alerts, alive } = rig({ confirmFails: "disk-full" });
    expect(await library.open()).toEqual({ state: "open", protection: "development" });
    expect([alerts, alive()]).toEqual([["disk-full"], 1]);
  });

  test("a library put back from an older copy opens, and the person is told", async () => {
    const { library, alerts } = rig({ isRolledBack: true });
    expect(await library.open()).toMatchObject({ state: "open" });
    expect(alerts).toEqual(["library-rolled-back"]);
  });

  test("a library whose last changes were lost with a damaged log opens, and the person is told", async () => {
    const { library, alerts } = rig({ areChangesLost: true });
    expect(await library.open()).toMatchObject({ state: "open" });
    expect(alerts).toEqual(["changes-lost"]);
  });

  test("a start that fails after the library was opened leaves no process that keeps its lock", async () => {
    const { library, alive, world } = rig({ confirmFails: "vault-locked" });
    for (let turn = 0; turn < 3; turn++) {
      expect(await library.open()).toEqual({ state: "locked", code: "vault-locked" });
      expect(alive()).toBe(0);
    }
    delete world.confirmFails;
    expect(await library.open()).toMatchObject({ state: "open" });
    expect(alive()).toBe(1);
    await library.close();
    expect(alive()).toBe(0);
  });

  test("a restart that fails locks the library with its reason, forks nothing for requests, and can be tried again", async () => {
    const { library, said, world, newest, processes, alive } = rig();
    await library.open();
    world.refuses = "disk-full";
    newest()?.exit(9);
    await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({
      code: "disk-full",
    });
    for (let turn = 0; turn < 3; turn++)
      await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({
        code: "disk-full",
      });
    expect(library.status()).toEqual({ state: "locked", code: "disk-full" } satisfies VaultStatus);
    expect([processes.length, alive()]).toEqual([2, 0]);
    delete world.refuses;
    expect(await library.open()).toMatchObject({ state: "open" });
    expect(await library.request("collections.list", undefined, signal)).toEqual([]);
    expect([said, alive()]).toEqual([["open", "disk-full", "opening", "open"], 1]);
  });

  test("vectors that the battery holds back are held back after a restart too", async () => {
    const { library, asked, newest, world } = rig();
    await library.open();
    world.areVectorsHeld = true;
    newest()?.exit(9);
    await library.request("collections.list", undefined, signal);
    expect(asked).toEqual(["open", "open, vectors held"]);
  });

  test("a process that dies at every start is given up, and the library says that it had to", async () => {
    const { library, newest, world, processes, alive } = rig();
    await library.open();
    world.dies = true;
    newest()?.exit(9);
    const answer = library.request("collections.list", undefined, signal).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await answer).toMatchObject({ code: "worker-restarted" });
    expect(library.status()).toEqual({ state: "locked", code: "worker-restarted" } satisfies VaultStatus);
    expect([processes.length, alive()]).toEqual([6, 0]);
    world.dies = false;
    expect(await library.open()).toMatchObject({ state: "open" });
    expect(alive()).toBe(1);
  });
});
