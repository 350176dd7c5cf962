import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toFailure } from "../../core/contract/errors.ts";
import { chances } from "../process/testing/chances.ts";
import { forkNode } from "../process/testing/node-child.ts";
import type { Child } from "../process/child.ts";
import { makeKeySource } from "./key-source.ts";
import { makeLibrary, type Library } from "./library.ts";

const entry = resolve(import.meta.dirname, "../worker/testing/node-worker.ts");
const { signal } = new AbortController();

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qwill-library-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The real library process, host, key and database; only the runtime is plain Node. */
function rig() {
  const processes: Child[] = [];
  const alerts: string[] = [];
  const bugs: string[] = [];
  const library = makeLibrary({
    fork: () => {
      const child = forkNode(entry);
      processes.push(child);
      return child;
    },
    keys: makeKeySource({
      dataFolder: folder,
      hasKeyring: async () => false,
      keyring: {
        kind: "os-keyring",
        wrap: async () => Promise.reject(new Error("no keyring here")),
        unwrap: async () => Promise.reject(new Error("no keyring here")),
      },
    }),
    opening: () => ({
      dataFolder: folder,
      nativeBinding: undefined,
      modelFolders: [],
      embeddingModel: "none",
      threads: 1,
      areVectorsHeld: false,
    }),
    onEvent: () => undefined,
    onStatus: () => undefined,
    onRestart: () => undefined,
    alert: (kind) => alerts.push(kind),
    report: (where) => bugs.push(where),
  });
  const alive = () => processes.filter(({ pid }) => pid !== undefined).length;
  return { library, processes, alerts, bugs, alive };
}

async function openNew(library: Library): Promise<void> {
  await library.open();
  expect(await library.useDevelopmentKey()).toMatchObject({ state: "open" });
}

describe("the library process, killed while requests are under way", () => {
  test("each request answers or fails with a closed code, what was acknowledged stays, one process at most lives and none remains", async () => {
    const chance = chances(20261127);
    const { library, processes, alerts, alive } = rig();
    await openNew(library);
    const acknowledged: string[] = [];
    const codes = new Set<string>();
    for (let round = 0; round < 5; round++) {
      let answers = 0;
      // After so many answers of this round, so that some are under way, some asked and some not yet asked.
      const killAfter = chance(12);
      const settled = (): void => {
        if (answers++ === killAfter) processes.at(-1)?.kill();
        expect(alive()).toBeLessThanOrEqual(1);
      };
      const requests = Array.from({ length: 16 }, async (_none, index) => {
        const name = `${round}-${index}`;
        try {
          if (chance(2) === 0) await library.request("collections.list", undefined, signal);
          else {
            await library.request("collections.create", { name }, signal);
            acknowledged.push(name);
          }
          codes.add("answered");
        } catch (error) {
          codes.add(toFailure(error).code);
        }
        settled();
      });
      await Promise.all(requests);
    }
    const stored = await library.request("collections.list", undefined, signal);
    expect(acknowledged.filter((name) => !stored.some((one) => one.name === name))).toEqual([]);
    expect([...codes].filter((code) => !["answered", "worker-restarted"].includes(code))).toEqual([]);
    expect(processes.length).toBeGreaterThan(3);
    expect([alive(), alerts]).toEqual([1, []]);
    await library.close();
    expect(alive()).toBe(0);
  });

  test("a pause outlives the library process and the application, until it is resumed or cancelled", async () => {
    const stateOf = async (library: Library) =>
      (await library.request("library.progress", undefined, signal)).state;
    const first = rig();
    await openNew(first.library);
    await first.library.request("library.pause", undefined, signal);
    first.processes[0]?.kill();
    expect(await stateOf(first.library)).toBe("paused");
    expect(first.processes).toHaveLength(2);
    await first.library.close();

    for (const end of ["library.resume", "library.cancel"] as const) {
      const paused = rig();
      await paused.library.open();
      expect(await stateOf(paused.library)).toBe(end === "library.resume" ? "paused" : "idle");
      await paused.library.request("library.pause", undefined, signal);
      await paused.library.request(end, undefined, signal);
      expect(await stateOf(paused.library)).not.toBe("paused");
      await paused.library.close();
    }
    const last = rig();
    await last.library.open();
    expect(await stateOf(last.library)).toBe("idle");
    await last.library.close();
  });

  test("a library process stopped in the middle of its opening leaves the library free for the next", async () => {
    const first = rig();
    await openNew(first.library);
    await first.library.close();
    const stopped = rig();
    const opening = stopped.library.open();
    await stopped.library.close();
    expect(await opening).toMatchObject({ state: "locked" });
    expect(stopped.bugs).toEqual([]);
    expect(stopped.alive()).toBe(0);
    const next = rig();
    expect(await next.library.open()).toMatchObject({ state: "open" });
    await next.library.close();
    expect(next.alive()).toBe(0);
  });
});
