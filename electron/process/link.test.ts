import { describe, expect, test } from "vitest";
import { AppError } from "../../core/contract/errors.ts";
import { openLink, serve, type Port } from "./link.ts";

type Remote = {
  requests: {
    double: (input: number, signal: AbortSignal) => Promise<number>;
    refuse: (input: undefined, signal: AbortSignal) => Promise<void>;
    wait: (input: undefined, signal: AbortSignal) => Promise<void>;
    crash: (input: undefined, signal: AbortSignal) => Promise<void>;
  };
  streams: { count: (input: number, signal: AbortSignal) => AsyncIterable<number> };
  events: { changed: string };
};

/** Two ports that hand each other structured clones, in order, later. */
function channel(): [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const port = (mine: 0 | 1): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners[1 - mine]?.forEach((listener) => listener(copy)));
    },
    listen: (listener) => listeners[mine]?.push(listener),
  });
  return [port(0), port(1)];
}

function rig() {
  const [near, far] = channel();
  const seen: string[] = [];
  const bugs: string[] = [];
  let streamLeft = false;
  const served = serve<Remote>(
    far,
    {
      requests: {
        double: async (input) => input * 2,
        refuse: async () => {
          throw new AppError("disk-full", { facts: { free: 3 }, retryAfter: 10 });
        },
        wait: (_input, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason as Error)),
          ),
        crash: async () => {
          throw new TypeError("a bug");
        },
      },
      streams: {
        count: async function* (input) {
          try {
            for (let i = 0; i < input; i++) {
              await Promise.resolve();
              yield i;
            }
          } finally {
            streamLeft = true;
          }
        },
      },
    },
    (where) => bugs.push(where),
  );
  const link = openLink<Remote>(near, (name, payload) => seen.push(`${name}:${payload}`));
  return { link, served, seen, bugs, hasLeftStream: () => streamLeft };
}

const never = new AbortController().signal;

describe("a link between two processes", () => {
  test("a request comes back with its value", async () => {
    expect(await rig().link.request("double", 21, never)).toBe(42);
  });

  test("an expected failure keeps code, facts and retry time", async () => {
    const error = await rig()
      .link.request("refuse", undefined, never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).toFailure()).toEqual({
      code: "disk-full",
      facts: { free: 3 },
      retryAfter: 10,
    });
  });

  test("a bug is reported where it happened and arrives as internal", async () => {
    const { link, bugs } = rig();
    await expect(link.request("crash", undefined, never)).rejects.toMatchObject({ code: "internal" });
    expect(bugs).toEqual(["crash"]);
  });

  test("an abort reaches the other side and ends the request as cancelled", async () => {
    const controller = new AbortController();
    const reply = rig().link.request("wait", undefined, controller.signal);
    controller.abort();
    await expect(reply).rejects.toMatchObject({ code: "cancelled" });
  });

  test("a stream gives every item in order and ends", async () => {
    const items: number[] = [];
    for await (const item of rig().link.stream("count", 5, never)) items.push(item);
    expect(items).toEqual([0, 1, 2, 3, 4]);
  });

  test("leaving a stream's loop ends it on the other side", async () => {
    const { link, hasLeftStream } = rig();
    for await (const item of link.stream("count", 1_000_000, never)) if (item === 2) break;
    await link.request("double", 1, never);
    await link.request("double", 1, never);
    expect(hasLeftStream()).toBe(true);
  });

  test("everything under way fails when the other side is gone, and so does what comes after", async () => {
    const { link } = rig();
    const reply = link.request("wait", undefined, never);
    link.fail({ code: "worker-restarted" });
    await expect(reply).rejects.toMatchObject({ code: "worker-restarted" });
    await expect(link.request("double", 1, never)).rejects.toMatchObject({ code: "worker-restarted" });
  });

  test("a name that is nobody's own property is a bad request", async () => {
    const { link } = rig();
    await expect(link.request("toString" as "double", 1, never)).rejects.toMatchObject({
      code: "bad-request",
    });
    await expect(link.request("__proto__" as "double", 1, never)).rejects.toMatchObject({
      code: "bad-request",
    });
  });

  test("events arrive unasked", async () => {
    const { link, served, seen } = rig();
    served.emit("changed", "library");
    await link.request("double", 1, never);
    expect(seen).toEqual(["changed:library"]);
  });
});
