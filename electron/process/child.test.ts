import { resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { own, type Child } from "./child.ts";
import { makeFakeChild } from "./testing/fake-child.ts";
import { forkNode } from "./testing/node-child.ts";
import { startThread } from "./thread-child.ts";

type Behaviour = "echoes" | "deaf" | "dies" | "never-starts";

const entry = resolve(import.meta.dirname, "testing/behaving-child.ts");
const thread = resolve(import.meta.dirname, "testing/behaving-thread.ts");

function forkFake(behaviour: Behaviour): Child {
  const child = makeFakeChild({ isPolite: behaviour !== "deaf" });
  child.hear((message) => (message === "exit" ? child.exit(3) : child.say(message)));
  queueMicrotask(() => {
    if (behaviour === "never-starts") return child.exit(1);
    child.spawn();
    if (behaviour === "dies") child.exit(7);
    else child.say(behaviour === "deaf" ? "deaf now" : "ready");
  });
  return child;
}

const kinds: { name: string; fork: (behaviour: Behaviour) => Child }[] = [
  {
    name: "a real process",
    fork: (behaviour) => forkNode(behaviour === "never-starts" ? `${entry}.none` : entry, [behaviour]),
  },
  {
    name: "a real thread",
    fork: (behaviour) =>
      startThread({
        entry: behaviour === "never-starts" ? `${thread}.none` : thread,
        name: "test",
        parameters: [behaviour],
        memory: 64,
      }),
  },
  { name: "the fake of a process", fork: forkFake },
];

const forked: Child[] = [];
afterEach(() => {
  for (const child of forked.splice(0)) child.kill();
});

describe.each(kinds)("$name keeps the contract of a child", ({ fork }) => {
  function start(behaviour: Behaviour) {
    const child = fork(behaviour);
    forked.push(child);
    const heard: unknown[] = [];
    let wake: () => void = () => undefined;
    child.onMessage((message) => {
      heard.push(message);
      wake();
    });
    const exits: (number | null)[] = [];
    child.onExit((code) => exits.push(code));
    /** Resolves once so many messages came. */
    const messages = async (count: number): Promise<unknown[]> => {
      while (heard.length < count) await new Promise<void>((resolve_) => (wake = resolve_));
      return heard;
    };
    return { child, exits, messages, owned: own(child) };
  }

  test("hears what it is sent, in order, also what was sent before it started", async () => {
    const { owned, messages } = start("echoes");
    owned.post("one");
    owned.post({ two: new Uint8Array([2]) });
    const heard = await messages(3);
    expect(heard.filter((one) => one !== "ready")).toEqual(["one", { two: new Uint8Array([2]) }]);
  });

  test("tells its end once, with its code, and has no pid from then on", async () => {
    const { child, owned, exits, messages } = start("echoes");
    await messages(1);
    expect(child.pid).toBeGreaterThan(0);
    owned.post("exit");
    expect(await owned.exited).toBe(3);
    expect([exits, child.pid, owned.isGone]).toEqual([[3], undefined, true]);
    expect(await owned.end(0)).toBe(true);
    owned.post("nobody is there");
    expect(exits).toEqual([3]);
  });

  test("tells its end also when it died at its start, and when it could not start", async () => {
    expect(await start("dies").owned.exited).toBe(7);
    expect(await start("never-starts").owned.exited).not.toBe(0);
  });

  test("is ended although it was not yet spawned when its end was asked for", async () => {
    for (const patience of [0, 60_000]) {
      const { owned, exits } = start("echoes");
      expect(await owned.end(patience)).toBe(true);
      expect(exits).toHaveLength(1);
    }
  });

  test("is ended by force when it does not hear the polite signal", async () => {
    const { owned, messages } = start("deaf");
    await messages(1);
    expect(await owned.end(1)).toBe(true);
  });

  test("a second, impatient wish to end it is heard at once", async () => {
    const { owned, messages } = start("deaf");
    await messages(1);
    const patient = owned.end(600_000);
    expect(await owned.end(0)).toBe(true);
    expect(await patient).toBe(true);
  });
});
