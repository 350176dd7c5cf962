import { expect, test } from "vitest";
import { insertCollection } from "./collections.ts";
import { ensureFile } from "./files.ts";
import { inTransaction, type WriteDb } from "./handle.ts";
import { sweepHidden } from "./hidden.ts";
import { isMergingHeld } from "./merge-words.ts";
import { removeFiles } from "./remove.ts";
import { replaceFileDocuments } from "./replace-documents.ts";
import { openTestDatabase } from "./testing/test-database.ts";

const passages = 6_000;
const slice = 500;

/** A file of many passages, nearly every word of them its own: its words fill many pages. */
function addFile(db: WriteDb): number {
  const collectionId = insertCollection(db, "Mine", "device");
  const file = { collectionId, folderId: null, path: "/a.log", name: "a.log", bytes: 1, modifiedAt: 1 };
  const { id } = ensureFile(db, file);
  const rows = Array.from({ length: passages }, (_, at) => ({
    start: 0,
    end: 1,
    place: {},
    terms: Array.from({ length: 40 }, (__, word) => `w${((at * 40 + word) * 2_654_435_761) % 2 ** 32}`).join(
      " ",
    ),
    head: "log",
    hash: at.toString(16).padStart(32, "0"),
  }));
  const documents = [{ key: null, title: "log", text: "x", pages: null, passages: rows }];
  const content = {
    format: "txt",
    bytes: 1,
    modifiedAt: 1,
    contentHash: "00",
    warnings: [],
    documents,
  } as const;
  replaceFileDocuments(db, id, content, 1);
  return id;
}

/** Rows that each slice wrote, its commit included; pages of the words index are rows. */
function sweepInSlices(db: WriteDb, most = Number.POSITIVE_INFINITY): number[] {
  const changes = (): number => db.prepare<{ n: number }>("SELECT total_changes() AS n").get()?.n ?? 0;
  const work = sweepHidden(db, () => false);
  const written: number[] = [];
  const runSlice = (): boolean => {
    for (let step = 0; step < slice; step++) if (work.next().done) return true;
    return false;
  };
  while (written.length < most) {
    const before = changes();
    const isDone = inTransaction(db, runSlice);
    written.push(changes() - before);
    if (isDone) break;
  }
  return written;
}

test("no slice of deleting a long document writes the words of the others anew", () => {
  const db = openTestDatabase();
  removeFiles(db, [addFile(db)]);
  const written = sweepInSlices(db);
  expect(written.length).toBeGreaterThan(passages / slice);
  expect(Math.max(...written)).toBeLessThan(5 * slice);
  expect(isMergingHeld(db)).toBe(false);
});

test("deleting that was stopped half-way goes on, and lets words be merged again", () => {
  const db = openTestDatabase();
  removeFiles(db, [addFile(db)]);
  sweepInSlices(db, 2);
  expect(isMergingHeld(db)).toBe(true);
  sweepInSlices(db);
  expect(isMergingHeld(db)).toBe(false);
  expect(db.prepare<{ n: number }>("SELECT count(*) AS n FROM passages_terms").get()?.n).toBe(0);
});
