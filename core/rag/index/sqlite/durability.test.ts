import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WriteDb } from "../../../store/handle.ts";
import { openDatabase } from "../../../store/open.ts";
import { makeSentenceVectors } from "../testing/sentence-vectors.ts";
import type { VectorHit, VectorIndex } from "../search-index.ts";
import { openSqliteVectorIndex } from "./vector-index.ts";
import { makeSqliteSearchIndex } from "./search-index.ts";

const dimension = 64;
const never = new AbortController().signal;
const everywhere = { collections: [] };
let folder: string;
let path: string;
const key = randomBytes(32);
let db: WriteDb;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qwill-vectors-"));
  path = join(folder, "library.db");
  db = openDatabase({ path, key });
});
afterEach(async () => {
  db.close();
  await rm(folder, { recursive: true });
});

const open = (): VectorIndex => openSqliteVectorIndex({ db, fingerprint: "model", dimension });

async function addDocuments(store: VectorIndex, first: number, count: number): Promise<void> {
  const source = makeSentenceVectors({ seed: first, dimension, topics: 20 });
  for (let document = first; document < first + count; document++) {
    await store.add(
      Array.from({ length: 10 }, (_, i) => ({
        passageId: document * 10 + i,
        documentId: document,
        vector: source.next(),
      })),
    );
  }
}

async function answers(store: VectorIndex): Promise<VectorHit[][]> {
  const source = makeSentenceVectors({ seed: 1, dimension, topics: 20 });
  return Promise.all(Array.from({ length: 5 }, () => store.search(source.query(), 10, everywhere, never)));
}

const numberOf = (sql: string): number => Number(db.prepare<{ n: number }>(sql).get()?.n);

test("codes that are damaged or missing are made anew from the vectors", async () => {
  const store = open();
  await addDocuments(store, 1, 250);
  await store.removeDocuments([7, 8]);
  const before = await answers(store);
  const damages = [
    "UPDATE vector_segments SET body = zeroblob(length(body)) WHERE page = 1",
    "UPDATE vector_segments SET checksum = 1 WHERE page = 3",
    "DELETE FROM vector_segments WHERE page = 3 AND first = (SELECT min(first) FROM vector_segments WHERE page = 3)",
    "UPDATE vector_segments SET body = x'0200', checksum = 0",
  ];
  for (const damage of damages) {
    expect(db.prepare(damage).run().changes).toBeGreaterThan(0);
    const again = open();
    expect(await again.count()).toBe(2_480);
    expect(await answers(again)).toEqual(before);
  }
});

test("a failed write changes neither the database nor the memory", async () => {
  const store = open();
  await addDocuments(store, 1, 5);
  const before = await answers(store);
  db.exec("CREATE TRIGGER no_more BEFORE INSERT ON vector_segments BEGIN SELECT raise(ABORT, 'full'); END");
  await expect(addDocuments(store, 6, 1)).rejects.toThrow("full");
  db.exec("CREATE TRIGGER no_gaps BEFORE INSERT ON vector_gaps BEGIN SELECT raise(ABORT, 'full'); END");
  await expect(store.removePassages([12])).rejects.toThrow("full");
  expect(await store.count()).toBe(50);
  expect(await answers(store)).toEqual(before);
  expect(numberOf("SELECT count(*) AS n FROM vectors")).toBe(50);
});

test("pages that are mostly gaps are given up, and what lived there is still found", async () => {
  const store = open();
  await addDocuments(store, 1, 520);
  const segments = numberOf("SELECT count(DISTINCT page) AS n FROM vector_segments");
  await store.removeDocuments(Array.from({ length: 400 }, (_, i) => i + 1).filter((id) => id % 10 !== 0));
  const left = await answers(store);
  expect(await store.count()).toBe(1_600);
  expect(numberOf("SELECT count(DISTINCT page) AS n FROM vector_segments")).toBeLessThan(segments - 2);
  await addDocuments(store, 600, 300);
  await store.removeDocuments(Array.from({ length: 300 }, (_, i) => i + 600));
  expect(await answers(store)).toEqual(left);
  expect(await answers(open())).toEqual(left);
  await store.removeDocuments(Array.from({ length: 520 }, (_, i) => i + 1));
  expect(await store.count()).toBe(0);
  expect(numberOf("SELECT count(*) AS n FROM vector_segments")).toBe(0);
  expect(numberOf("SELECT count(*) AS n FROM vector_gaps")).toBe(0);
});

test("a forgotten model leaves nothing, and its number serves the next one", async () => {
  await addDocuments(open(), 1, 3);
  const other = openSqliteVectorIndex({ db, fingerprint: "other", dimension });
  await addDocuments(other, 1, 2);
  await makeSqliteSearchIndex(db).dropVectors("model", never);
  expect(numberOf("SELECT count(*) AS n FROM vectors")).toBe(20);
  expect(await other.count()).toBe(20);
  expect(await open().count()).toBe(0);
  expect(numberOf("SELECT max(id) AS n FROM vector_models")).toBe(1);
});

test("killed at any moment, the store holds whole documents and finds them", async () => {
  db.close();
  const script = fileURLToPath(new URL("testing/add-until-killed.ts", import.meta.url));
  for (let round = 1; round <= 5; round++) {
    const child = spawn(process.execPath, [script, path, key.toString("hex"), String(round)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = 0;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      said += chunk.toString().split("\n").length - 1;
      if (said > 20 * round) break;
    }
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    db = openDatabase({ path, key, wait: 5_000 });
    const store = openSqliteVectorIndex({ db, fingerprint: "killed", dimension });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    const count = await store.count();
    expect(count % 10).toBe(0);
    expect(count).toBeGreaterThan(0);
    expect(numberOf("SELECT count(*) AS n FROM vectors")).toBe(count);
    const source = makeSentenceVectors({ seed: 1, dimension, topics: 20 });
    const all = await store.search(source.query(), count + 5, everywhere, never);
    expect(all).toHaveLength(count);
    const scores = await store.scores(
      source.query(),
      all.map((hit) => hit.passageId),
    );
    expect(scores.size).toBe(count);
    if (round < 5) db.close();
  }
}, 60_000);
