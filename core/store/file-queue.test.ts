import { expect, test } from "vitest";
import { insertCollection } from "./collections.ts";
import { nextFileWithPassages, nextWithoutVectors, prioritise, waitingFiles } from "./file-queue.ts";
import { ensureFile } from "./files.ts";
import type { WriteDb } from "./handle.ts";
import { costlySteps } from "./testing/query-plans.ts";
import { openTestDatabase } from "./testing/test-database.ts";

function withFiles(count: number): WriteDb {
  const db = openTestDatabase();
  const collectionId = insertCollection(db, "Mine", "device");
  for (let at = 1; at <= count; at++)
    ensureFile(db, {
      collectionId,
      folderId: null,
      path: `/${at}.txt`,
      name: `${at}.txt`,
      bytes: 1,
      modifiedAt: 1,
    });
  return db;
}

function store(db: WriteDb, id: number, fingerprint: string | null, passages = 1): void {
  db.prepare(
    "UPDATE files SET state = 'stored', passage_count = ?, vectors_fingerprint = ? WHERE id = ?",
  ).run(passages, fingerprint, id);
}

test("the next file is the first entry of an index, however many wait", () => {
  const db = withFiles(3);
  store(db, 1, "old");
  const steps = costlySteps(db, (recorded) => {
    waitingFiles(recorded, 2);
    nextWithoutVectors(recorded, "new", []);
    nextFileWithPassages(recorded, 0);
    prioritise(recorded, [1]);
  });
  expect(steps).toEqual([]);
});

test("files wait in the order they were added, and what was asked for comes first", () => {
  const db = withFiles(4);
  prioritise(db, [3]);
  prioritise(db, [4]);
  expect(waitingFiles(db, 3).map(({ id }) => id)).toEqual([4, 3, 1]);
});

test("the next file without vectors is the first of those that have none or another model's", () => {
  const db = withFiles(6);
  store(db, 1, "new");
  store(db, 2, "old");
  store(db, 3, null, 0);
  store(db, 4, null);
  store(db, 5, "older");
  const order: number[] = [];
  for (let next = nextWithoutVectors(db, "new", order); next; next = nextWithoutVectors(db, "new", order))
    order.push(next.id);
  expect(order).toEqual([2, 4, 5]);
  prioritise(db, [5]);
  expect(nextWithoutVectors(db, "new", [])?.id).toBe(5);
  expect(nextWithoutVectors(db, "old", [])?.id).toBe(5);
  expect(nextWithoutVectors(db, "old", [5])?.id).toBe(1);
});
