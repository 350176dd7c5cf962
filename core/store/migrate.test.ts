import { createHash } from "node:crypto";
import Database from "better-sqlite3-multiple-ciphers";
import { expect, onTestFinished, test } from "vitest";
import { insertCollection, listCollections } from "./collections.ts";
import { listFolders } from "./folders.ts";
import type { WriteDb } from "./handle.ts";
import { listFiles } from "./library-files.ts";
import { ledgerPayload, listLedgerRows } from "./ledger.ts";
import { migrate, type Migration } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";

function emptyDatabase(): WriteDb {
  const db = new Database(":memory:") as unknown as WriteDb;
  onTestFinished(() => void db.close());
  return db;
}

/** Every table, index and trigger as it was made. */
const schemaOf = (db: WriteDb) =>
  db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all() as object[];

const namesIn = (db: WriteDb) =>
  db
    .prepare<{ name: string }>("SELECT name FROM migrations ORDER BY position")
    .all()
    .map(({ name }) => name);

const fresh = (): WriteDb => {
  const db = emptyDatabase();
  migrate(db, migrations);
  return db;
};

/** A step that adds a table of its own. */
const step = (name: string): Migration => ({
  name,
  up: (db) => void db.exec(`CREATE TABLE "${name}" (a INTEGER) STRICT`),
});

/** A library as the first Qwills made it: tables without names, and a number. */
function countedLibrary(version: 10 | 100 | 200): WriteDb {
  const db = emptyDatabase();
  for (const { name, up } of migrations) if (Number(name.slice(0, 3)) <= version) up(db);
  db.pragma(`user_version=${version}`);
  return db;
}

test.each([10, 100, 200] as const)(
  "a library that counted to %i keeps its rows and gets every later table and column",
  (version) => {
    const db = countedLibrary(version);
    insertCollection(db, "Old", "organisation");
    migrate(db, migrations);
    expect(schemaOf(db)).toEqual(schemaOf(fresh()));
    expect(listCollections(db)).toMatchObject([{ name: "Old", reach: "organisation" }]);
    expect(namesIn(db)).toEqual(migrations.map(({ name }) => name));
  },
);

test("files of an older library are counted, ordered and found by name like new ones", () => {
  const db = countedLibrary(200);
  db.exec(`
    INSERT INTO collections (id, name, reach) VALUES (1, 'Old', 'device');
    INSERT INTO folders (id, collection_id, path) VALUES (1, 1, '/old');
    INSERT INTO files (collection_id, folder_id, path, name, bytes, modified_at, state, document_count, passage_count)
      VALUES (1, 1, '/old/b', 'ärzte', 1, 1, 'stored', 2, 5), (1, NULL, '/a', 'Zoo', 1, 1, 'waiting', 0, 0);
  `);
  migrate(db, migrations);
  expect(listCollections(db)).toMatchObject([{ files: 2, documents: 2, passages: 5 }]);
  expect(listFolders(db)).toMatchObject([{ files: 1 }]);
  const view = { fingerprint: null, reading: new Set<number>(), embedded: () => 0 };
  const namesFor = (filter: string) =>
    listFiles(db, { filter, offset: 0, limit: 9 }, view).files.map(({ name }) => name);
  expect([namesFor(""), namesFor("ÄRZTE")]).toEqual([["Zoo", "ärzte"], ["ärzte"]]);
});

test("what the calls of an older library sent is kept, each with its hash", () => {
  const db = countedLibrary(200);
  const insert = db.prepare(
    `INSERT INTO ledger (request_id, time, origin, method, path, purpose, bytes_sent, payload)
     VALUES ('r', 1, 'https://a.example', 'POST', '/', 'suggest', 5, ?)`,
  );
  const sent = [Buffer.from("hello"), Buffer.alloc(0), Buffer.alloc(20_000, 7)];
  for (const bytes of sent) insert.run(bytes);
  migrate(db, migrations);
  expect([1, 2, 3].map((id) => ledgerPayload(db, id))).toEqual(sent);
  expect(listLedgerRows(db, {}, 0, 9).map(({ payloadHash }) => payloadHash)).toEqual(
    sent.toReversed().map((bytes) => createHash("sha256").update(bytes).digest("hex")),
  );
});

test("whatever part of the list was applied before, the rest gives the same schema as all at once", () => {
  for (let length = 0; length <= migrations.length; length++) {
    const db = emptyDatabase();
    migrate(db, migrations.slice(0, length));
    migrate(db, migrations);
    migrate(db, migrations);
    expect([length, schemaOf(db)]).toEqual([length, schemaOf(fresh())]);
  }
});

test("a step for any table reaches an existing library, because it can only go to the end", () => {
  const db = countedLibrary(200);
  const later = [...migrations, step("900-library"), step("910-vectors")];
  migrate(db, later);
  expect(namesIn(db).slice(-2)).toEqual(["900-library", "910-vectors"]);
  expect(schemaOf(db)).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ name: "900-library" })]),
  );
});

test("a step put before one that is applied is refused, and is not skipped in silence", () => {
  const db = fresh();
  const before = schemaOf(db);
  const smuggled = migrations.toSpliced(1, 0, step("020-library"));
  expect(() => migrate(db, smuggled)).toThrow("020-library");
  expect(schemaOf(db)).toEqual(before);
});

test("a list whose numbers do not only go up, or whose name says nothing, is refused", () => {
  const db = emptyDatabase();
  expect(() => migrate(db, [step("020-b"), step("010-a")])).toThrow("010-a does not follow 020-b");
  expect(() => migrate(db, [step("010-a"), step("010-b")])).toThrow("010-b does not follow 010-a");
  expect(() => migrate(db, [step("later")])).toThrow("later does not follow nothing");
});

test("a library with a name that this Qwill does not know is from a newer one, and is left as it is", () => {
  const db = emptyDatabase();
  migrate(db, [...migrations, step("990-from-tomorrow")]);
  const before = schemaOf(db);
  expect(() => migrate(db, migrations)).toThrow("vault-from-newer-version");
  expect(schemaOf(db)).toEqual(before);
});

test("a step that fails leaves neither half of itself nor its name, and is taken up the next time", () => {
  const db = emptyDatabase();
  const breaks: Migration = {
    name: "020-breaks",
    up: (on) => {
      on.exec("CREATE TABLE half (a INTEGER) STRICT");
      throw new Error("broken");
    },
  };
  expect(() => migrate(db, [step("010-first"), breaks])).toThrow("broken");
  expect(namesIn(db)).toEqual(["010-first"]);
  migrate(db, [
    step("010-first"),
    { ...breaks, up: (on) => void on.exec("CREATE TABLE half (a INTEGER) STRICT") },
  ]);
  expect(namesIn(db)).toEqual(["010-first", "020-breaks"]);
});

test("the Qwills that only counted take a library with names for one from a newer Qwill", () => {
  expect(Number(fresh().pragma("user_version", { simple: true }))).toBeGreaterThan(200);
});
