import { describe, expect, test } from "vitest";
import { AppError } from "../../core/contract/errors.ts";
import { routes, type Handlers, type RouteName } from "../../core/contract/routes.ts";
import { makeRouter } from "./router.ts";
import { isTrusted, type Sender } from "./sender.ts";

const page: Sender = { isTopFrame: true, url: "app://qwill/index.html" };
const signal = new AbortController().signal;
const names = Object.keys(routes) as RouteName[];

/** Every handler answers with nothing, which only some routes may. */
function handlersThat(act: (name: string, input: unknown) => unknown): Handlers {
  return Object.fromEntries(
    names.map((name) => [name, (input: unknown) => act(name, input)]),
  ) as unknown as Handlers;
}

/** Small deterministic generator (mulberry32), so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const keys = [
  "id",
  "url",
  "text",
  "name",
  "collectionId",
  "files",
  "fileIds",
  "k",
  "mode",
  "__proto__",
  "constructor",
  "toString",
];
const leaves: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  "",
  "a",
  "../../etc/passwd",
  "app://qwill/",
  "\u0000\uD800",
  "x".repeat(3000),
  10n,
  Symbol("s"),
  () => 1,
  new Date(0),
  new Map([[1, 2]]),
  /x/,
  new Uint8Array(4),
];

function junk(random: () => number, depth = 0): unknown {
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const roll = random();
  if (depth > 3 || roll < 0.5) return pick(leaves);
  if (roll < 0.65) return Array.from({ length: Math.floor(random() * 4) }, () => junk(random, depth + 1));
  const object = Object.create(random() < 0.1 ? null : Object.prototype) as Record<string, unknown>;
  for (let i = 0; i < random() * 5; i++) {
    Object.defineProperty(object, pick(keys), {
      value: junk(random, depth + 1),
      enumerable: true,
      configurable: true,
    });
  }
  return object;
}

describe("the router", () => {
  test("answers with the handler's value", async () => {
    const router = makeRouter(
      handlersThat(() => ({ opened: true })),
      () => undefined,
    );
    const reply = await router.dispatch(page, "app.open-external", { url: "https://example.org" }, signal);
    expect(reply).toEqual({ ok: true, value: { opened: true } });
  });

  test("passes an expected failure on as its code and facts, and reports nothing", async () => {
    const bugs: string[] = [];
    const handlers = handlersThat(() => {
      throw new AppError("disk-full", { facts: { free: 0 } });
    });
    const reply = await makeRouter(handlers, (where) => bugs.push(where)).dispatch(
      page,
      "app.info",
      undefined,
      signal,
    );
    expect(reply).toEqual({ ok: false, failure: { code: "disk-full", facts: { free: 0 } } });
    expect(bugs).toEqual([]);
  });

  test("turns a bug, and an answer that is not the route's, into internal and reports it", async () => {
    const bugs: string[] = [];
    const router = makeRouter(
      handlersThat(() => ({ not: "an answer" })),
      (where) => bugs.push(where),
    );
    const reply = await router.dispatch(page, "app.info", undefined, signal);
    expect(reply).toEqual({ ok: false, failure: { code: "internal" } });
    expect(bugs).toEqual(["app.info"]);
  });

  test.each(["toString", "__proto__", "constructor", "hasOwnProperty", "nope", "", 3, null, undefined, {}])(
    "refuses %s as a route",
    async (route) => {
      const reply = await makeRouter(
        handlersThat(() => undefined),
        () => undefined,
      ).dispatch(page, route, {}, signal);
      expect(reply).toEqual({ ok: false, failure: { code: "bad-request" } });
    },
  );

  test(
    "survives generated junk on every route without a crash or an unhandled rejection",
    { timeout: 120_000 },
    async () => {
      const unhandled: unknown[] = [];
      const listen = (reason: unknown): void => void unhandled.push(reason);
      process.on("unhandledRejection", listen);
      const perRoute = Number(process.env["QWILL_JUNK"] ?? 1000);
      const random = generator(20261123);
      const router = makeRouter(
        handlersThat(() => undefined),
        () => undefined,
      );
      for (const name of names) {
        for (let i = 0; i < perRoute; i++) {
          const reply = await router.dispatch(page, name, junk(random), signal);
          expect(reply.ok || typeof reply.failure.code === "string").toBe(true);
        }
      }
      await new Promise((resolve) => setImmediate(resolve));
      process.off("unhandledRejection", listen);
      expect(unhandled).toEqual([]);
    },
  );

  const foreign: readonly [string, Sender][] = [
    ["a frame inside the page", { isTopFrame: false, url: "app://qwill/index.html" }],
    ["another site", { isTopFrame: true, url: "https://qwill/index.html" }],
    ["another host of the scheme", { isTopFrame: true, url: "app://qwill.evil/index.html" }],
    ["the host as a user name", { isTopFrame: true, url: "app://qwill@evil/index.html" }],
    ["a port", { isTopFrame: true, url: "app://qwill:80/index.html" }],
    ["a file", { isTopFrame: true, url: "file:///app://qwill/index.html" }],
    ["data", { isTopFrame: true, url: "data:text/html,app://qwill/" }],
    ["about:blank", { isTopFrame: true, url: "about:blank" }],
    ["a frame that is gone", { isTopFrame: false, url: null }],
    ["no URL at all", { isTopFrame: true, url: "" }],
  ];
  test.each(foreign)("refuses %s on every route, before reading what it says", async (_name, sender) => {
    expect(isTrusted(sender)).toBe(false);
    let calls = 0;
    const router = makeRouter(
      handlersThat(() => void calls++),
      () => undefined,
    );
    for (const name of names) {
      const reply = await router.dispatch(sender, name, undefined, signal);
      expect(reply).toEqual({ ok: false, failure: { code: "not-allowed" } });
    }
    expect(calls).toBe(0);
  });

  test("trusts the page itself", () => {
    expect(isTrusted(page)).toBe(true);
    expect(isTrusted({ isTopFrame: true, url: "app://qwill/index.html#library" })).toBe(true);
  });
});
