import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";
import { expect, onTestFinished, test } from "vitest";
import { insertCollection } from "./collections.ts";
import type { NewDocument } from "./file-content.ts";
import { ensureFile } from "./files.ts";
import { inTransaction, type WriteDb } from "./handle.ts";
import { openDatabase } from "./open.ts";
import { emptyLog, isPurgeDue, purgeDeletedWords } from "./purge.ts";
import { removeDocument, removeFiles } from "./remove.ts";
import { replaceFileDocuments } from "./replace-documents.ts";
import { decryptedPages } from "./testing/decrypted-pages.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { sweepAll, sweepUnmerged } from "./testing/sweep-all.ts";
import { temporaryFolder, testKey } from "./testing/test-database.ts";
import { documentFrequencies, searchWords } from "./words.ts";

/** What of a document could be read somewhere: each a word that is nowhere else. */
const places = ["path", "title", "heading", "text", "terms", "head"] as const;
type Place = (typeof places)[number];
const wordOf = (place: Place, at: number): string =>
  createHash("sha256").update(`${place} ${at}`).digest("hex").slice(0, 20);
/** The words index keeps of a word what the one before it does not begin with: a word is looked for by its end. */
const endOf = (word: string): string => word.slice(5);

const random = seededRandom(290);
const filler = (): string =>
  Array.from({ length: 60 }, () => Math.floor(random() ** 2 * 20_000).toString(36)).join(" ");

/** A document of some passages, every one of which says the words of `at`. */
function documentOf(at: number): NewDocument {
  let text = "";
  const passages = Array.from({ length: 1 + (at % 13) }, (_, page) => {
    const words = filler();
    const start = text.length;
    text += `${words} ${wordOf("text", at)}\n`;
    return {
      start,
      end: text.length - 1,
      place: { page, heading: wordOf("heading", at) },
      terms: `${words} ${wordOf("terms", at)}`,
      head: wordOf("head", at),
      hash: createHash("sha256").update(words).digest("hex").slice(0, 32),
    };
  });
  return { key: String(at), title: wordOf("title", at), text, pages: 1, passages };
}

function store(db: WriteDb, fileId: number, numbers: readonly number[]): void {
  replaceFileDocuments(
    db,
    fileId,
    {
      format: "txt",
      bytes: 1,
      modifiedAt: 1,
      contentHash: "ab".repeat(32),
      warnings: [],
      documents: numbers.map(documentOf),
    },
    1,
  );
}

interface Rig {
  readonly db: WriteDb;
  readonly path: string;
  readonly fileIds: readonly number[];
  /** Of which documents some word can be read by whoever has the key. */
  readonly readable: (numbers: readonly number[], where?: readonly Place[]) => number[];
}

function rigOf(files: number, path = join(temporaryFolder(), "library.db")): Rig {
  const db = openDatabase({ path, key: testKey });
  onTestFinished(() => void db.close());
  const collectionId = insertCollection(db, "Mine", "device");
  const put = (at: number): number => {
    const name = wordOf("path", at);
    const row = { collectionId, folderId: null, path: `/${name}`, name, bytes: 1, modifiedAt: 1 };
    const { id } = ensureFile(db, row);
    store(db, id, [at]);
    return id;
  };
  const fileIds: number[] = [];
  // Some files a transaction: each leaves the words index a segment.
  while (fileIds.length < files)
    inTransaction(db, () => {
      for (let most = 8; most > 0 && fileIds.length < files; most--) fileIds.push(put(fileIds.length));
    });
  const readable = (numbers: readonly number[], where: readonly Place[] = places): number[] => {
    const bytes = decryptedPages(path, testKey);
    return numbers.filter((at) => where.some((place) => bytes.includes(endOf(wordOf(place, at)))));
  };
  return { db, path, fileIds, readable };
}

/** Some steps of a purge, a step a transaction; false: it came to its end. */
function purge(db: WriteDb, steps = Number.POSITIVE_INFINITY): boolean {
  const work = purgeDeletedWords(db, 1);
  for (let step = 0; step < steps; step++) if (inTransaction(db, () => work.next().done)) return false;
  return true;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

test("no page that can be decrypted holds a word of a removed document once it is purged", () => {
  const { db, fileIds, readable } = rigOf(150);
  const removed = range(0, 150).filter((at) => at % 3 === 0);
  expect(readable(removed)).toEqual(removed);
  removeFiles(
    db,
    removed.map((at) => fileIds[at] ?? 0),
  );
  sweepUnmerged(db);
  // Deleted, and still there to be read: the log and the words index hold them.
  expect(readable(removed)).toEqual(removed);
  emptyLog(db);
  expect(readable(removed)).not.toEqual([]);
  expect(isPurgeDue(db, 1)).toBe(true);
  purge(db);
  emptyLog(db);
  expect(readable(removed)).toEqual([]);
  expect(isPurgeDue(db, 1)).toBe(false);
  const kept = range(0, 150).filter((at) => at % 3 !== 0);
  expect(readable(kept)).toEqual(kept);
  for (const at of kept)
    expect(searchWords(db, { terms: [wordOf("terms", at)], limit: 20, collections: [] })).toHaveLength(
      1 + (at % 13),
    );
  expect(
    documentFrequencies(
      db,
      removed.map((at) => wordOf("terms", at)),
    ).size,
  ).toBe(0);
});

test("one removed document among those of its file is purged like a file", () => {
  const { db, fileIds, readable } = rigOf(3);
  store(db, fileIds[0] ?? 0, [0, 11]);
  const id = db.prepare<{ id: number }>("SELECT id FROM documents WHERE key = '11'").get()?.id ?? 0;
  removeDocument(db, id);
  sweepAll(db);
  expect(isPurgeDue(db, 1)).toBe(true);
  purge(db);
  emptyLog(db);
  expect(readable([11])).toEqual([]);
});

test("a purge that was cut short anywhere is due again, and ends with every word gone", () => {
  for (const steps of [1, 3, 12]) {
    const { db, path, fileIds, readable } = rigOf(80);
    removeFiles(db, fileIds.slice(0, 40));
    sweepUnmerged(db);
    const isCutShort = purge(db, steps);
    db.close();
    const again = openDatabase({ path, key: testKey });
    expect([steps, isPurgeDue(again, 1)]).toEqual([steps, isCutShort]);
    if (isCutShort) purge(again);
    emptyLog(again);
    expect([steps, readable(range(0, 40))]).toEqual([steps, []]);
    again.close();
  }
});

test("what is removed or added while a purge runs is searched as ever, and purged by the next", () => {
  const { db, fileIds, readable } = rigOf(60);
  removeFiles(db, fileIds.slice(0, 20));
  sweepAll(db);
  const work = purgeDeletedWords(db, 1);
  for (let at = 20; at < 40; at++) {
    inTransaction(db, () => work.next());
    store(db, fileIds[at] ?? 0, [at + 100]);
    if (at % 2 === 0) removeFiles(db, [fileIds[at] ?? 0]);
    sweepAll(db);
    expect(searchWords(db, { terms: [wordOf("terms", at + 100)], limit: 20, collections: [] })).toHaveLength(
      at % 2 === 0 ? 0 : 1 + ((at + 100) % 13),
    );
  }
  while (!inTransaction(db, () => work.next().done));
  while (isPurgeDue(db, 1)) purge(db);
  emptyLog(db);
  const isRemoved = (at: number): boolean => at % 2 === 0;
  const gone = [...range(0, 20), ...range(20, 40).filter(isRemoved), ...range(120, 140).filter(isRemoved)];
  expect(readable(gone)).toEqual([]);
  // Those of the files that stayed say something else now; the path is theirs still.
  expect(readable(range(20, 40), ["title", "heading", "text", "terms", "head"])).toEqual([]);
  const kept = [...range(40, 60), ...range(120, 140).filter((at) => at % 2 === 1)];
  expect(kept.filter((at) => documentFrequencies(db, [wordOf("terms", at)]).size === 0)).toEqual([]);
});

test("words that a changed file no longer says are purged a day after the last purge", () => {
  const day = 24 * 60 * 60 * 1000;
  const { db, fileIds } = rigOf(3);
  expect(isPurgeDue(db, 0)).toBe(false);
  store(db, fileIds[1] ?? 0, [201]);
  expect([isPurgeDue(db, 1_000), isPurgeDue(db, day), isPurgeDue(db, day + 1_000)]).toEqual([
    false,
    false,
    true,
  ]);
  purge(db);
  expect(isPurgeDue(db, 2 * day)).toBe(false);
});

test("the room of what was removed goes back to the disk", () => {
  const { db, path, fileIds } = rigOf(400);
  emptyLog(db);
  const before = statSync(path).size;
  removeFiles(db, fileIds);
  sweepAll(db);
  purge(db);
  emptyLog(db);
  // Some free pages stay for the next document.
  expect(statSync(path).size).toBeLessThan(before / 2);
});

test("a library made before free pages could be given back is purged all the same", () => {
  const path = join(temporaryFolder(), "library.db");
  const old = new Database(path);
  old.pragma("cipher='sqlcipher'");
  old.pragma("legacy=0");
  old.pragma(`key="raw:${Buffer.from(testKey).toString("hex")}"`);
  old.exec("CREATE TABLE first (a); DROP TABLE first");
  old.close();
  const { db, fileIds, readable } = rigOf(120, path);
  expect(db.pragma("auto_vacuum", { simple: true })).toBe(0);
  removeFiles(db, fileIds);
  sweepAll(db);
  purge(db);
  emptyLog(db);
  expect(readable(range(0, 120))).toEqual([]);
});
