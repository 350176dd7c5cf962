import { setImmediate as turn } from "node:timers/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startProviderFake } from "../../e2e/fakes/provider-fake.ts";
import { AppError } from "../contract/errors.ts";
import { defaultSettings } from "../contract/default-settings.ts";
import type { Settings } from "../contract/settings.ts";
import { suggestRequest, type SuggestEvent } from "../contract/suggest.ts";
import { countQwenTokens } from "../providers/tokens/qwen-tokens.ts";
import { beginLedgerRow, listLedgerRows } from "../store/ledger.ts";
import { openTestDatabase } from "../store/testing/test-database.ts";
import { sumSpend } from "../store/spend.ts";
import { suggest } from "../suggest/suggest.ts";
import { draftOf } from "../tiers/testing/make-tier-rig.ts";
import { makeLocalTierStore } from "../tiers/tier-store.ts";
import { composeQwill } from "./compose-qwill.ts";
import type { LibraryAccess } from "./library-requests.ts";
import { makeUnderWay, rowsUnderWay } from "./under-way.ts";

const never = () => new AbortController().signal;

const nothingFound = {
  hits: [],
  mode: "words",
  notices: [],
  milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 },
};

/** Qwill over a real database and a paid server; `leave` is what becomes of the library once Qwill is closed. */
async function makeRig(db = openTestDatabase()) {
  const store = makeLocalTierStore(db);
  let isGone = false;
  const library = {
    request: async (name: string, input: never, signal: AbortSignal) => {
      // As another process answers: never at once, and not at all once it is gone.
      await turn();
      if (isGone) throw new AppError("cancelled");
      if (name === "collections.list") return [];
      if (name === "search.run") return nothingFound;
      return store.request(name as "tiers.accepted", input, signal);
    },
  } as unknown as LibraryAccess;
  let settings: Settings = defaultSettings;
  const qwill = composeQwill({
    library,
    settings: {
      current: () => settings,
      update: (patch) => (settings = { ...settings, ...patch }),
      unreadable: () => [],
    },
    modelFolders: [join(import.meta.dirname, "no-models-here")],
    modelHub: "https://hub.invalid",
    modelsChanged: () => undefined,
    loadModel: () => Promise.reject(new Error("no model is loaded here")),
    unloadModel: async () => undefined,
    countQwenTokens,
    report: (_where, error) => {
      throw error;
    },
  });
  const fake = await startProviderFake("dashscope", {
    models: ["qwen-plus"],
    thoughts: "",
    apiKey: "fake-key",
  });
  onTestFinished(() => fake.close());
  await qwill.tiers.providers.save(
    draftOf({ name: "qwen", vendor: "qwen", model: "qwen-plus", region: "singapore", baseUrl: fake.baseUrl }),
    never(),
  );
  await qwill.tiers.chooseTier("standard", "qwen", never());
  return { db, qwill, fake, leave: () => (isGone = true) };
}

describe("what is under way when Qwill closes", () => {
  test.each(["stall-before-head", "slow-first-token", "stall-after-text"] as const)(
    "is booked, and its row ended, before the library is let go (%s)",
    async (failure) => {
      const { db, qwill, fake, leave } = await makeRig();
      fake.fail(failure);
      const request = suggestRequest.parse({ id: "r1", text: "How long?", tier: "standard" });
      const events: SuggestEvent[] = [];
      const running = (async () => {
        for await (const event of suggest(request, qwill.suggest, never())) events.push(event);
      })();
      await expect.poll(() => fake.counts.requests, { timeout: 10_000 }).toBe(1);
      if (failure === "stall-after-text")
        await expect.poll(() => events.some(({ type }) => type === "text-delta")).toBe(true);
      await qwill.close();
      leave();
      await running;
      expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "cancelled" });
      expect(listLedgerRows(db, {}, 0, 10)).toMatchObject([{ outcome: "cancelled" }]);
      expect(sumSpend(db, "2000-01-01", "2999-01-01")).toMatchObject([{ requests: 1, estimated: true }]);
    },
  );

  test("is ended with its row also where nothing is paid for it", async () => {
    const { db, qwill, fake, leave } = await makeRig();
    fake.fail("stall-before-head");
    const outcomes = () => listLedgerRows(db, {}, 0, 10).map(({ outcome }) => outcome);
    const testing = qwill.tiers.testProvider("qwen", never());
    await expect.poll(outcomes, { timeout: 10_000 }).toContain("open");
    await expect.poll(() => fake.counts.requests).toBeGreaterThan(0);
    await qwill.close();
    leave();
    expect((await testing).failure).not.toBeNull();
    expect(outcomes()).toContain("cancelled");
    expect(outcomes()).not.toContain("open");
  });

  test("is waited for till its row was ended, and one that could not be begun is not", async () => {
    const underWay = makeUnderWay(() => new Promise(() => undefined));
    let isFull = false;
    const ledger = rowsUnderWay(
      {
        begin: async () => {
          if (isFull) throw new AppError("disk-full");
          return 7;
        },
        end: async () => undefined,
      },
      underWay,
    );
    const row = {
      requestId: "r",
      time: 1,
      origin: "https://a.example",
      method: "GET",
      path: "/",
      tier: null,
    };
    const start = { ...row, purpose: "model-download", bytesSent: 0, payload: new Uint8Array(0) } as const;
    const id = await ledger.begin(start);
    isFull = true;
    await expect(ledger.begin(start)).rejects.toMatchObject({ code: "disk-full" });
    let isClosed = false;
    const closed = underWay.close().then(() => (isClosed = true));
    await turn();
    expect(isClosed).toBe(false);
    await ledger.end(id, { bytesReceived: 0, outcome: "cancelled", status: 200, milliseconds: 1 });
    await closed;
    await expect(ledger.begin(start)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("is the last of it: nothing is sent any more", async () => {
    const { qwill, fake } = await makeRig();
    await qwill.close();
    expect((await qwill.tiers.testProvider("qwen", never())).failure).not.toBeNull();
    expect(fake.counts.requests).toBe(0);
  });

  test("keeps nobody from closing when it does not hear that it is to end", async () => {
    const waited: number[] = [];
    const underWay = makeUnderWay(async (milliseconds) => void waited.push(milliseconds));
    const stuck = underWay.run(() => new Promise<never>(() => undefined), never());
    await underWay.close();
    expect(waited).toHaveLength(1);
    await expect(underWay.run(async () => "late", never())).rejects.toMatchObject({ code: "cancelled" });
    expect(stuck).toBeInstanceOf(Promise);
  });
});

test("a row that a run before left open is closed by the next start", async () => {
  const db = openTestDatabase();
  const start = {
    requestId: "r",
    origin: "https://a.example",
    method: "POST",
    path: "/",
    tier: null,
  } as const;
  beginLedgerRow(db, { ...start, time: 1, purpose: "suggest", bytesSent: 1, payload: new Uint8Array(1) });
  const { qwill } = await makeRig(db);
  await qwill.close();
  expect(listLedgerRows(db, {}, 0, 10)).toMatchObject([{ outcome: "interrupted" }]);
});
