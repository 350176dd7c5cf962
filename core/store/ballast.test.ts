import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ballastPath, inReservedTransaction, makeBallast, useBallast } from "./ballast.ts";
import { insertCollection, listCollections } from "./collections.ts";
import { fillDisks } from "./testing/faults/full-disk.ts";
import { openTestDatabase, temporaryFolder } from "./testing/test-database.ts";

const bytes = 200_000;
const newDatabase = (): string => join(temporaryFolder(), "library.db");

/** What SQLite throws on a full disk. */
const fullDisk = (): Error => Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });

test("the ballast takes real room beside the database, for its owner only", async () => {
  const path = newDatabase();
  await makeBallast(path, { bytes }).restore();
  const { size, blocks, mode } = statSync(ballastPath(path));
  expect([size, mode & 0o777]).toEqual([bytes, 0o600]);
  expect(blocks * 512).toBeGreaterThanOrEqual(bytes);
  expect(readdirSync(dirname(path))).toEqual(["library.ballast"]);
});

test("the ballast is not made where it would take the last room of the disk", async () => {
  const path = newDatabase();
  const { bavail, bsize } = statfsSync(dirname(path));
  await makeBallast(path, { bytes: Math.floor((bavail * bsize) / 3) }).restore();
  expect(existsSync(ballastPath(path))).toBe(false);
});

test("the ballast is given up once, which is told, and made again when there is room", async () => {
  const path = newDatabase();
  let told = 0;
  const ballast = makeBallast(path, { bytes, givenUp: () => (told += 1) });
  expect([ballast.giveUp(), told]).toEqual([false, 0]);
  await ballast.restore();
  expect([ballast.giveUp(), ballast.giveUp(), told]).toEqual([true, false, 1]);
  expect(existsSync(ballastPath(path))).toBe(false);
  await ballast.restore();
  expect(statSync(ballastPath(path)).size).toBe(bytes);
});

test("a ballast that is stopped half-way leaves nothing behind", async () => {
  const path = newDatabase();
  const ballast = makeBallast(path, { bytes: 8 * 1024 * 1024 });
  const made = ballast.restore();
  await ballast.stop();
  await made;
  expect(readdirSync(dirname(path))).toEqual([]);
});

test("what must be written on a full disk is written at the cost of the ballast, and nothing else is", async () => {
  const db = openTestDatabase();
  const path = newDatabase();
  const ballast = makeBallast(path, { bytes });
  useBallast(db, ballast);
  const write = (error: Error, times: number) => () => {
    insertCollection(db, "Mine", "device");
    if (times-- > 0) throw error;
  };
  const names = () => listCollections(db).map(({ name }) => name);
  expect(() => inReservedTransaction(db, write(fullDisk(), 1))).toThrow("full");
  await ballast.restore();
  expect(() => inReservedTransaction(db, write(new Error("a bug"), 1))).toThrow("a bug");
  expect([names(), existsSync(ballastPath(path))]).toEqual([[], true]);
  inReservedTransaction(db, write(fullDisk(), 1));
  expect([names(), existsSync(ballastPath(path))]).toEqual([["Mine"], false]);
});

// guide: "On a full disk nothing that was stored is lost, and what you remove is still removed."
test("on a full disk calls end and removals are written, nothing stored is lost, and the next start opens", async ({
  skip,
}) => {
  const tally = await fillDisks(6, 11);
  if (!tally) return skip("this system lets us mount no small disk");
  expect([tally.rounds, tally.failures, tally.lostInSilence]).toEqual([6, [], 0]);
});
