import { expect, test } from "vitest";
import { insertCollection, listCollections } from "./collections.ts";
import { makeGroupCommit } from "./group-commit.ts";
import { openTestDatabase } from "./testing/test-database.ts";

test("writes together, and parts one that fails from the others", async () => {
  const db = openTestDatabase();
  const group = makeGroupCommit(db, { most: 3, longest: 60_000 });
  const done = await Promise.allSettled([
    group.write(() => insertCollection(db, "one", "device")),
    group.write(() => {
      insertCollection(db, "half", "device");
      throw new Error("broken");
    }),
    group.write(() => insertCollection(db, "two", "device")),
  ]);
  expect(done.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(listCollections(db).map((row) => row.name)).toEqual(["one", "two"]);
});
