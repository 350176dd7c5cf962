import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { getFile } from "../../store/files.ts";
import type { WriteDb } from "../../store/handle.ts";
import { openDatabase } from "../../store/open.ts";
import { openTestDatabase, temporaryFolder } from "../../store/testing/test-database.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import { makeSqliteSearchIndex } from "../index/sqlite/search-index.ts";
import { makeVectorWork } from "./indexer-vectors.ts";
import { makeTestLibrary } from "./testing/test-library.ts";

const embedders = ["a", "b", "c"].map((modelId, at) => fakeEmbedder({ modelId, dimension: 32 + 32 * at }));
const [a, b, c] = embedders as [(typeof embedders)[0], (typeof embedders)[0], (typeof embedders)[0]];

function modelsIn(db: WriteDb): { named: string[]; stored: string[]; vectors: number } {
  const texts = (sql: string): string[] =>
    db
      .prepare<{ text: string }>(sql)
      .all()
      .map((row) => row.text);
  return {
    named: texts("SELECT fingerprint AS text FROM index_models ORDER BY 1"),
    stored: texts("SELECT fingerprint AS text FROM vector_models ORDER BY 1"),
    vectors: db.prepare<{ n: number }>("SELECT count(*) AS n FROM vectors").get()?.n ?? 0,
  };
}

/** A moment that one part of a test waits for and another gives. */
function signalled(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

/** Counts how often other work has its turn, and runs `each` at every one. */
function countTurns(each: () => void = () => undefined): { stop(): number } {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns += 1;
    each();
    next = setImmediate(turn);
  });
  return {
    stop: () => {
      clearImmediate(next);
      return turns;
    },
  };
}

function writeNotes(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let note = 0; note < count; note++) writeFileSync(join(folder, `${note}.txt`), `Note number ${note}.`);
}

async function filled(db: WriteDb, count: number) {
  const library = makeTestLibrary(db);
  onTestFinished(async () => library.close());
  const folder = join(temporaryFolder(), "notes");
  writeNotes(folder, count);
  await library.models.use(a);
  await library.add(library.ensureCollection("Mine").id, [folder]);
  await library.whenIdle();
  return library;
}

describe("switching the search model", () => {
  test("leaves nothing behind but the last model's vectors, however many were chosen at once", async () => {
    const db = openTestDatabase();
    const library = await filled(db, 20);
    const chosen = [
      library.models.use(b),
      library.models.use(c),
      library.models.use(b),
      library.models.use(c),
    ];
    await Promise.all(chosen);
    await library.whenIdle();
    await library.models.settled();
    expect(library.models.active?.embedder.modelId).toBe("c");
    expect(modelsIn(db)).toEqual({ named: [c.fingerprint], stored: [c.fingerprint], vectors: 20 });
    expect(library.integrity()).toEqual([]);
  });

  test("a model that was given up while its vectors came writes none into the next one's place", async () => {
    const db = openTestDatabase();
    const library = await filled(db, 20);
    const held = signalled();
    const asked = signalled();
    await library.models.use({
      ...b,
      embedDocuments: async (texts, signal) => {
        asked.give();
        await held.given;
        return b.embedDocuments(texts, signal);
      },
    });
    await asked.given;
    await library.models.use(c);
    await library.models.settled();
    held.give();
    await library.whenIdle();
    await library.models.settled();
    expect(library.models.active?.embedder.modelId).toBe("c");
    expect(modelsIn(db)).toEqual({ named: [c.fingerprint], stored: [c.fingerprint], vectors: 20 });
    expect(library.integrity()).toEqual([]);
  });

  test("back to the model in use gives up the other, whose vectors go", async () => {
    const db = openTestDatabase();
    const library = await filled(db, 20);
    library.pause();
    await library.models.use(b);
    await library.models.use(a);
    library.resume();
    await library.whenIdle();
    await library.models.settled();
    expect(library.models.building).toBeNull();
    expect(modelsIn(db)).toEqual({ named: [a.fingerprint], stored: [a.fingerprint], vectors: 20 });
  });

  test("a search that a switch overtakes is answered by the new model", async () => {
    const db = openTestDatabase();
    const library = makeTestLibrary(db);
    onTestFinished(async () => library.close());
    const [held, asked] = [signalled(), signalled()];
    const isClosed = new Error("the embedder is closed");
    await library.models.use({
      ...a,
      embedQuery: async () => {
        asked.give();
        await held.given;
        throw isClosed;
      },
    });
    const folder = join(temporaryFolder(), "notes");
    writeNotes(folder, 5);
    await library.add(library.ensureCollection("Mine").id, [folder]);
    await library.whenIdle();
    const request = { question: "note number 3", k: 3, mode: "vectors" as const, collections: [] };
    const found = library.retriever.search(request, new AbortController().signal);
    await asked.given;
    await library.models.use(b);
    await library.whenIdle();
    await library.models.settled();
    expect(library.models.active?.embedder.modelId).toBe("b");
    held.give();
    expect((await found).hits[0]?.text).toBe("Note number 3.");
    const failing = { ...b, embedQuery: async () => Promise.reject(isClosed) };
    await library.models.use(failing);
    await expect(
      library.retriever.search({ ...request, question: "other" }, new AbortController().signal),
    ).rejects.toThrow("closed");
  });

  test("a search answers between two slices of a model that is being deleted", async () => {
    const db = openTestDatabase();
    const index = makeSqliteSearchIndex(db);
    const vectors = await index.openVectors("old", 8);
    const vector = new Float32Array(8).fill(1);
    await vectors.add(
      Array.from({ length: 5_000 }, (_, at) => ({ passageId: at + 1, documentId: 1, vector })),
    );
    await vectors.close();
    const seen: number[] = [];
    const turns = countTurns(() => seen.push(modelsIn(db).vectors));
    await index.dropVectors("old", new AbortController().signal);
    turns.stop();
    expect(new Set(seen).size).toBeGreaterThan(3);
    expect(modelsIn(db)).toEqual({ named: [], stored: [], vectors: 0 });
  });

  test("stopped while it deletes, it goes on at the next start", async () => {
    const db = openTestDatabase();
    const index = makeSqliteSearchIndex(db);
    const old = await index.openVectors("left by a switch", 8);
    const vector = new Float32Array(8).fill(1);
    await old.add(Array.from({ length: 3_000 }, (_, at) => ({ passageId: at + 1, documentId: 1, vector })));
    await old.close();
    await expect(index.dropVectors("left by a switch", AbortSignal.abort())).rejects.toThrow("abort");
    expect(modelsIn(db).stored).toEqual(["left by a switch"]);
    const library = await filled(db, 3);
    await library.models.settled();
    expect(modelsIn(db)).toEqual({ named: [a.fingerprint], stored: [a.fingerprint], vectors: 3 });
  });

  test("killed at any moment of a switch, the next start leaves one model, whole", async () => {
    const folder = temporaryFolder();
    const [path, notes] = [join(folder, "library.db"), join(folder, "notes")];
    const key = randomBytes(32);
    writeNotes(notes, 30);
    const script = fileURLToPath(new URL("testing/switch-until-killed.ts", import.meta.url));
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, [script, path, key.toString("hex"), notes], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = 0;
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
        said += chunk.toString().split("\n").length - 1;
        if (said > 3 + round * 2) break;
      }
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
      const db = openDatabase({ path, key, wait: 5_000 });
      const library = makeTestLibrary(db);
      const { active } = library.models.known();
      const inUse = embedders.find(({ modelId }) => modelId === active) ?? null;
      await library.models.use(embedders[round % 3]!, inUse);
      await library.whenIdle();
      await library.models.settled();
      const { fingerprint } = embedders[round % 3]!;
      expect(modelsIn(db)).toEqual({ named: [fingerprint], stored: [fingerprint], vectors: 30 });
      expect(library.integrity()).toEqual([]);
      await library.close();
      db.close();
    }
  }, 60_000);
});

test("a document of a hundred and forty thousand passages gets all its vectors, while other work runs", async () => {
  const db = openTestDatabase();
  const count = 140_000;
  db.exec(`
    INSERT INTO collections (id, name, reach) VALUES (1, 'c', 'device');
    INSERT INTO files (id, collection_id, path, name, bytes, modified_at, state, document_count, passage_count)
      VALUES (1, 1, '/server.log', 'server.log', 1, 1, 'stored', 1, ${count});
    INSERT INTO documents (id, file_id, collection_id, ordinal, title, hash, characters, passage_count)
      VALUES (1, 1, 1, 0, 'log', x'', 970, ${count});
    INSERT INTO document_texts (document_id, start, text) VALUES (1, 0, '${"line of log".repeat(97)}');
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
    INSERT INTO passages (document_id, ordinal, start, "end", hash, words_hash)
      SELECT 1, i, i % 97, i % 97 + 11, unhex(printf('%032x', i % 97)), x'' FROM n;
  `);
  const vectors = await makeSqliteSearchIndex(db).openVectors(a.fingerprint, a.dimension);
  const work = makeVectorWork(
    { db, batch: 4_096, recut: async () => false },
    { embedder: a, vectors },
    false,
  );
  const turns = countTurns();
  const completed: number[] = [];
  for (;;) {
    const step = await work.step(new AbortController().signal);
    if (!step) break;
    completed.push(...step.completed);
  }
  expect(completed).toEqual([1]);
  expect(getFile(db, 1)?.vectorsFingerprint).toBe(a.fingerprint);
  expect(await vectors.count()).toBe(count);
  expect(await vectors.countMissing()).toBe(0);
  expect(turns.stop()).toBeGreaterThan(count / 2_000);
}, 60_000);
