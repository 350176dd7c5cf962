import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { insertCollection, listCollections } from "./collections.ts";
import { getDocument, getPassages, locatePassage, passagesOfDocument } from "./documents.ts";
import { readDocumentSlice } from "./document-text.ts";
import { ensureFile, getFile } from "./files.ts";
import { countFiles } from "./file-counts.ts";
import { listFiles } from "./library-files.ts";
import { openDatabase } from "./open.ts";
import { removeFiles } from "./remove.ts";
import type { NewDocument } from "./file-content.ts";
import { replaceFileDocuments } from "./replace-documents.ts";
import { sweepAll } from "./testing/sweep-all.ts";
import { openTestDatabase, temporaryFolder, testKey } from "./testing/test-database.ts";
import { countPassages, documentFrequencies, searchWords } from "./words.ts";

function document(text: string, key: string | null = null): NewDocument {
  const passages = [...text.matchAll(/[^.]+\./gu)].map((match) => {
    const part = match[0].trim();
    const start = text.indexOf(part);
    const hash = Buffer.from(part).toString("hex").padEnd(32, "0").slice(0, 32);
    return {
      start,
      end: start + part.length,
      place: { page: 1 },
      terms: part.toLowerCase().replaceAll(".", ""),
      head: "",
      hash,
    };
  });
  return { key, title: "A title", text, pages: 1, passages };
}

const content = (...documents: NewDocument[]) =>
  ({
    format: "txt",
    bytes: 10,
    modifiedAt: 1.5,
    contentHash: "ab".repeat(32),
    warnings: [],
    documents,
  }) as const;

function withFile() {
  const db = openTestDatabase();
  const collectionId = insertCollection(db, "Mine", "device");
  const { id } = ensureFile(db, {
    collectionId,
    folderId: null,
    path: "/a.txt",
    name: "a.txt",
    bytes: 1,
    modifiedAt: 1,
  });
  return { db, collectionId, fileId: id };
}

describe("the encrypted database", () => {
  test("holds no plaintext and opens with its key only", () => {
    const path = join(temporaryFolder(), "library.db");
    const db = openDatabase({ path, key: testKey });
    insertCollection(db, "canary-4711-金丝雀", "device");
    for (const file of readdirSync(join(path, ".."))) {
      const bytes = readFileSync(join(path, "..", file));
      expect(bytes.includes("canary-4711")).toBe(false);
      expect(bytes.includes("SQLite format")).toBe(false);
    }
    db.close();
    expect(() => openDatabase({ path, key: new Uint8Array(32).fill(9) })).toThrow("vault-damaged");
    const again = openDatabase({ path, key: testKey });
    expect(listCollections(again).map((row) => row.name)).toEqual(["canary-4711-金丝雀"]);
    again.close();
  });

  test("has the settings that keep plaintext off the disk", () => {
    const db = openTestDatabase();
    const settings = [
      "cipher",
      "temp_store",
      "secure_delete",
      "foreign_keys",
      "journal_mode",
      "synchronous",
      "trusted_schema",
      "cell_size_check",
    ];
    expect(settings.map((name) => db.pragma(name, { simple: true }))).toEqual([
      "sqlcipher",
      2,
      1,
      1,
      "wal",
      2,
      0,
      1,
    ]);
  });

  test("and the log beside it are their owner's alone, also where an older Qwill left it to others", () => {
    const path = join(temporaryFolder(), "library.db");
    const modes = () =>
      readdirSync(join(path, "..")).map((name) => [name, statSync(join(path, "..", name)).mode & 0o777]);
    for (const name of ["new", "again"]) {
      const db = openDatabase({ path, key: testKey });
      insertCollection(db, name, "device");
      expect(modes()).toEqual([
        ["library.db", 0o600],
        ["library.db-wal", 0o600],
      ]);
      db.close();
      chmodSync(path, 0o644);
    }
  });

  test("is refused to a second opener and free again after close", () => {
    const path = join(temporaryFolder(), "library.db");
    const db = openDatabase({ path, key: testKey });
    expect(() => openDatabase({ path, key: testKey, wait: 0 })).toThrow("vault-in-use");
    db.close();
    openDatabase({ path, key: testKey }).close();
  });

  test("is left alone when it comes from a newer version, or is damaged", () => {
    const path = join(temporaryFolder(), "library.db");
    const db = openDatabase({ path, key: testKey });
    db.pragma("user_version=9990");
    db.close();
    expect(() => openDatabase({ path, key: testKey })).toThrow("vault-from-newer-version");
    writeFileSync(path, "not a database at all, but long enough to be taken for one".repeat(200));
    expect(() => openDatabase({ path, key: testKey })).toThrow("vault-damaged");
  });
});

describe("a file's documents", () => {
  test("are stored whole and found by words", () => {
    const { db, fileId, collectionId } = withFile();
    const text = "The heron stands. The ledger lies open. 😀 A heron again.";
    const done = replaceFileDocuments(db, fileId, content(document(text)), 5);
    expect(done).toMatchObject({ documents: 1, passages: 3, kept: 0, removed: [] });
    const file = getFile(db, fileId);
    expect(file).toMatchObject({ state: "stored", passages: 3, title: "A title" });
    const documentId = file?.documentId ?? 0;
    expect(readDocumentSlice(db, documentId, 0, text.length)).toBe(text);
    expect(getDocument(db, documentId)).toMatchObject({
      title: "A title",
      passages: 3,
      path: "/a.txt",
      characters: text.length,
    });
    const hits = searchWords(db, { terms: ["heron"], limit: 10, collections: [collectionId] });
    expect(
      getPassages(
        db,
        hits.map((hit) => hit.passageId),
      )
        .map((row) => row.text)
        .toSorted(),
    ).toEqual(["The heron stands.", "😀 A heron again."].toSorted());
    expect(
      searchWords(db, {
        terms: ["heron"],
        limit: 1,
        collections: [],
        also: hits.map((hit) => hit.passageId),
      }),
    ).toHaveLength(2);
    expect(searchWords(db, { terms: ["heron"], limit: 10, collections: [collectionId + 1] })).toEqual([]);
    expect(documentFrequencies(db, ["heron", "ledger", "nowhere"])).toEqual(
      new Map([
        ["heron", 2],
        ["ledger", 1],
      ]),
    );
    expect(locatePassage(db, documentId, text.indexOf("ledger"))).toBe(1);
    expect(passagesOfDocument(db, documentId, 1, 1)[0]).toMatchObject({ ordinal: 1, place: { page: 1 } });
  });

  test("keep the ids of passages whose text stayed", () => {
    const { db, fileId } = withFile();
    replaceFileDocuments(db, fileId, content(document("One. Two. Three.")), 5);
    const before = passagesOfDocument(db, getFile(db, fileId)?.documentId ?? 0, 0, 10);
    const done = replaceFileDocuments(db, fileId, content(document("Zero. One. Three.")), 6);
    const after = passagesOfDocument(db, getFile(db, fileId)?.documentId ?? 0, 0, 10);
    expect(done).toMatchObject({ kept: 2, removed: [before[1]?.id] });
    expect(after.map((row) => row.text)).toEqual(["Zero.", "One.", "Three."]);
    expect([after[1]?.id, after[2]?.id]).toEqual([before[0]?.id, before[2]?.id]);
    expect(searchWords(db, { terms: ["two"], limit: 5, collections: [] })).toEqual([]);
  });

  test("of a data set keep their ids by key", () => {
    const { db, fileId } = withFile();
    replaceFileDocuments(db, fileId, content(document("One.", "a"), document("Two.", "b")), 5);
    const done = replaceFileDocuments(db, fileId, content(document("Two.", "b"), document("New.", "c")), 5);
    expect(done).toMatchObject({ documents: 2, kept: 1 });
    expect(done.removed).toHaveLength(1);
    expect(countPassages(db)).toBe(2);
  });

  test("are all gone once the file is removed", () => {
    const { db, fileId } = withFile();
    replaceFileDocuments(db, fileId, content(document("One. Two.")), 5);
    removeFiles(db, [fileId]);
    expect(sweepAll(db)).toHaveLength(2);
    expect([countPassages(db), countFiles(db, null).total]).toEqual([0, 0]);
    expect(documentFrequencies(db, ["one"]).size).toBe(0);
  });

  test("of a hundred and forty thousand passages are replaced and removed like any other", () => {
    const { db, fileId } = withFile();
    const long = document("a. ".repeat(140_000).trim());
    expect(replaceFileDocuments(db, fileId, content(long), 5).added).toHaveLength(140_000);
    expect(replaceFileDocuments(db, fileId, content(document("One.")), 6).removed).toHaveLength(140_000);
    replaceFileDocuments(db, fileId, content(long), 7);
    removeFiles(db, [fileId]);
    expect(sweepAll(db)).toHaveLength(140_000);
    expect([countPassages(db), countFiles(db, null).total]).toEqual([0, 0]);
  }, 120_000);

  test("longer than a block are read back letter for letter", () => {
    const { db, fileId } = withFile();
    const text = "abc😀".repeat(40_000);
    replaceFileDocuments(db, fileId, content({ ...document("x."), text }), 5);
    const id = getFile(db, fileId)?.documentId ?? 0;
    expect(readDocumentSlice(db, id, 0, text.length) === text).toBe(true);
  });
});

test("a file's state follows from its rows and the active model", () => {
  const { db, fileId } = withFile();
  const view = { fingerprint: "m1", reading: new Set<number>(), embedded: () => 0 };
  const page = { filter: "A.T", offset: 0, limit: 10 };
  const state = (reading: number[] = []) =>
    listFiles(db, page, { ...view, reading: new Set(reading) }).files[0]?.state;
  expect([state(), state([fileId])]).toEqual(["waiting", "reading"]);
  replaceFileDocuments(db, fileId, content(document("One.")), 5);
  expect(state()).toBe("words");
  expect(listFiles(db, { ...page, state: "words" }, view).total).toBe(1);
  expect(listFiles(db, { ...page, state: "ready" }, view).total).toBe(0);
});
