import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeFileKeyWrapper, type KeyWrapper } from "./key-wrapper.ts";
import { startAtOnce } from "./testing/faults/first-starts.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { temporaryFolder } from "./testing/test-database.ts";
import { unlockVault } from "./vault.ts";

const wrapper = makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1));

describe("a first start", () => {
  test("beside others at the same moment makes one key, the one that every later start gets", async () => {
    const random = seededRandom(20261127);
    for (let round = 0; round < 40; round++) {
      const folder = temporaryFolder();
      const starts = Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
        // Held up at a random place: some turns of the event loop between one look at the disk and the next.
        const turns = Math.floor(random() * 12);
        return unlockVault(folder, heldUp(wrapper, turns));
      });
      const vaults = await Promise.all(starts);
      const keys = new Set(vaults.map(({ key }) => Buffer.from(key).toString("hex")));
      expect([round, keys.size, vaults.filter(({ isNew }) => isNew).length]).toEqual([round, 1, 1]);
      expect(Buffer.from((await unlockVault(folder, wrapper)).key).toString("hex")).toBe([...keys][0]);
      expect(readdirSync(folder).filter((name) => name.endsWith(".new"))).toEqual([]);
    }
  });

  test("with another way in at the same moment makes one key all the same", async () => {
    const keyring = makeFileKeyWrapper("development", new Uint8Array(32).fill(3));
    const random = seededRandom(4);
    for (let round = 0; round < 20; round++) {
      const folder = temporaryFolder();
      const outcomes = await Promise.allSettled([
        unlockVault(folder, heldUp(wrapper, Math.floor(random() * 8))),
        unlockVault(folder, heldUp(keyring, Math.floor(random() * 8))),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { code: "vault-locked" },
      });
    }
  });

  test("held up or killed before any step loses no library: there is one key, and every later start opens with it", async () => {
    // A sample of what `npm run bench faults` does two hundred times.
    const { rounds, failures } = await startAtOnce(8, 20261128, temporaryFolder);
    expect([rounds, failures]).toEqual([8, []]);
  }, 60_000);
});

/** The same wrapper, but that it lets others go first before it answers. */
function heldUp(given: KeyWrapper, turns: number): KeyWrapper {
  const wait = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    kind: given.kind,
    wrap: async (secret) => (await wait(), given.wrap(secret)),
    unwrap: async (wrapped) => (await wait(), given.unwrap(wrapped)),
  };
}
