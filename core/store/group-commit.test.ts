import { expect, test } from "vitest";
import { insertCollection, listCollections } from "./collections.ts";
import { makeGroupCommit, type GroupCommitOptions } from "./group-commit.ts";
import { openTestDatabase } from "./testing/test-database.ts";

const unbounded = { most: 1_000, rows: 1_000, longest: 60_000, isMoreComing: () => true };

test("writes together, and parts one that fails from the others", async () => {
  const db = openTestDatabase();
  const group = makeGroupCommit(db, { ...unbounded, most: 3 });
  const done = await Promise.allSettled([
    group.write(() => insertCollection(db, "one", "device"), 1),
    group.write(() => {
      insertCollection(db, "half", "device");
      throw new Error("broken");
    }, 1),
    group.write(() => insertCollection(db, "two", "device"), 1),
  ]);
  expect(done.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(listCollections(db).map((row) => row.name)).toEqual(["one", "two"]);
});

/** The names of collections written, one of so many rows each, with the moments they were committed together. */
async function commitsOf(
  options: Partial<GroupCommitOptions>,
  writes: readonly { name: string; rows: number }[],
): Promise<string[]> {
  const db = openTestDatabase();
  const group = makeGroupCommit(db, { ...unbounded, ...options });
  const commits: string[] = [];
  const done = writes.map(async ({ name, rows }) => {
    await group.write(() => insertCollection(db, name, "device"), rows);
    commits.push(name);
  });
  await Promise.resolve();
  const before = listCollections(db).map((row) => row.name);
  group.flush();
  await Promise.all(done);
  expect(commits).toEqual(writes.map(({ name }) => name));
  return before;
}

const writes = ["a", "b", "c", "d"].map((name) => ({ name, rows: 40 }));

test("waits for others only while they come, and never for more rows than a search should wait for", async () => {
  expect(await commitsOf({}, writes)).toEqual([]);
  expect(await commitsOf({ rows: 100 }, writes)).toEqual(["a", "b", "c"]);
  expect(await commitsOf({ most: 2 }, writes.slice(0, 3))).toEqual(["a", "b"]);
  expect(await commitsOf({ isMoreComing: () => false }, writes)).toEqual(["a", "b", "c", "d"]);
});
