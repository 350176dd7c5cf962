import { join } from "node:path";
import { expect, test } from "vitest";
import { makeBallast, useBallast } from "../../store/ballast.ts";
import { removeFiles } from "../../store/remove.ts";
import { putPassages } from "../../store/testing/put-passages.ts";
import { openTestDatabase, temporaryFolder } from "../../store/testing/test-database.ts";
import { countPassages } from "../../store/words.ts";
import { makeSweeper } from "./sweeper.ts";

/** A library of which a file was removed, on a disk that is full so many times. */
function makeRig(timesFull: number) {
  const db = openTestDatabase();
  const passage = { documentId: 1, collectionId: 1, hash: "ab", head: "a", terms: "b" };
  putPassages(db, [
    { ...passage, id: 1 },
    { ...passage, id: 2 },
  ]);
  removeFiles(db, [1]);
  const ballast = makeBallast(join(temporaryFolder(), "library.db"), { bytes: 1_000 });
  useBallast(db, ballast);
  const failures: unknown[] = [];
  const sweeper = makeSweeper({
    db,
    forget: async () => {
      if (timesFull-- > 0)
        throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
    },
    failed: (error) => void failures.push(error),
  });
  return { db, ballast, sweeper, failures };
}

test("what was removed is swept on a full disk too, at the cost of the ballast", async () => {
  const { db, ballast, sweeper, failures } = makeRig(1);
  await ballast.restore();
  sweeper.wake();
  await sweeper.whenIdle();
  expect([countPassages(db), failures]).toEqual([0, []]);
  expect(ballast.giveUp()).toBe(false);
});

test("a sweep that a full disk stops for good says so, and the next one goes on", async () => {
  const { db, sweeper, failures } = makeRig(1);
  sweeper.wake();
  await expect(sweeper.whenIdle()).rejects.toThrow("full");
  expect(failures).toHaveLength(1);
  sweeper.wake();
  await sweeper.whenIdle();
  expect(countPassages(db)).toBe(0);
});
