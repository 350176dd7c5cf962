import { expect, test, vi } from "vitest";
import { defaultSettings } from "../contract/default-settings.ts";
import { openTestDatabase } from "../store/testing/test-database.ts";
import { makeLedgerAge } from "./ledger-age.ts";
import { makeOutbox } from "./outbox.ts";
import { always, makeLocalTierStore } from "./tier-store.ts";

const day = 86_400_000;

// guide: "What was sent is kept for 90 days; choose how long in Settings, Privacy and safety, or
// forget it here at once, for one call or for all."
test("what calls sent is kept for the days a person chose and no longer, or until it is forgotten by hand", async () => {
  const store = makeLocalTierStore(openTestDatabase());
  let now = 1_000 * day;
  const begin = (daysAgo: number) =>
    store.request(
      "ledger.begin",
      {
        requestId: "r",
        time: now - daysAgo * day,
        origin: "https://a.example",
        method: "POST",
        path: "/",
        purpose: "suggest",
        tier: null,
        bytesSent: 5,
        payload: new TextEncoder().encode("hello"),
      },
      always,
    );
  for (const daysAgo of [400, 91, 89, 1]) await begin(daysAgo);
  for (let old = 0; old < 50; old++) await begin(500 + old);
  const kept = async () => {
    const { rows } = await store.request("ledger.rows", { offset: 0, limit: 100 }, always);
    return rows.filter(({ forgottenAt }) => forgottenAt === null).map(({ time }) => (now - time) / day);
  };
  const settings = { ...defaultSettings, ledgerPayloadDays: 0 };
  const posts: Promise<void>[] = [];
  const outbox = makeOutbox({ store, clock: { sleep: async () => undefined }, report: () => undefined });
  let wake = (): void => undefined;
  const age = makeLedgerAge({
    outbox: {
      post: (name, input) => {
        const done = outbox.post(name, input);
        posts.push(done);
        return done;
      },
    },
    settings: { current: () => settings },
    clock: {
      sleep: (_milliseconds, signal) =>
        new Promise((resolve) => {
          wake = resolve;
          signal.addEventListener("abort", () => resolve());
        }),
    },
    now: () => now,
  });
  expect([(await kept()).length, posts.length]).toEqual([54, 0]);

  settings.ledgerPayloadDays = defaultSettings.ledgerPayloadDays;
  age.apply();
  await Promise.all(posts);
  expect(await kept()).toEqual([1, 89]);

  now += 2 * day;
  wake();
  await vi.waitUntil(() => posts.length === 2);
  await Promise.all(posts);
  expect(await kept()).toEqual([3]);
  await age.close();
});
