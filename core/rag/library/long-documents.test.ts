import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { insertQuestion, listQuestions } from "../../store/saved-questions.ts";
import type { WriteDb } from "../../store/handle.ts";
import { openDatabase } from "../../store/open.ts";
import { openTestDatabase, temporaryFolder } from "../../store/testing/test-database.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Library } from "./library.ts";
import { longNote } from "./testing/long-note.ts";
import { makeTestLibrary } from "./testing/test-library.ts";

const length = 2_500;
const page = { filter: "", offset: 0, limit: 5 };
const never = new AbortController().signal;

interface Rig {
  readonly db: WriteDb;
  readonly library: Library;
  readonly write: (version: number, passages?: number) => void;
  readonly add: () => Promise<void>;
  /** Texts that were embedded. */
  readonly embedded: string[];
}

async function makeRig(): Promise<Rig> {
  const db = openTestDatabase();
  const library = makeTestLibrary(db);
  onTestFinished(async () => library.close());
  const embedded: string[] = [];
  const real = fakeEmbedder({ dimension: 32 });
  const embedder: Embedder = {
    ...real,
    embedDocuments: async (texts, signal) => {
      for (const text of texts) embedded.push(text);
      return real.embedDocuments(texts, signal);
    },
  };
  await library.models.use(embedder);
  const { id } = library.ensureCollection("Mine");
  const file = join(temporaryFolder(), "long.md");
  return {
    db,
    library,
    embedded,
    write: (version, passages = length) => writeFileSync(file, longNote(passages, version)),
    add: async () => {
      await library.add(id, [file]);
      await library.whenIdle();
    },
  };
}

const rowsOf = (db: WriteDb, table: string) =>
  db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n;

/** What searches find of each version, by words and by vectors, asked between any two slices of `work`. */
async function searchDuring(
  { library, db }: Rig,
  work: () => Promise<unknown>,
): Promise<{ seen: Set<string>; asked: number }> {
  const seen = new Set<string>();
  const state = { isDone: false };
  const done = work().finally(() => {
    state.isDone = true;
  });
  let asked = 0;
  while (!state.isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    if (rowsOf(db, "files") === library.files(page).total) continue;
    const found: string[] = [];
    for (const version of [1, 2])
      for (const mode of ["words", "vectors"] as const) {
        const question = `edition${version} heron stands`;
        const { hits } = await library.retriever.search({ question, k: 10, mode, collections: [] }, never);
        if (hits.some(({ text }) => text.includes(`edition${version}`))) found.push(`${mode} ${version}`);
      }
    asked += 1;
    seen.add(found.join(", "));
  }
  await done;
  return { seen, asked };
}

test("a long document that is being stored is found by no search until all of it is", async () => {
  const rig = await makeRig();
  rig.write(1);
  rig.library.holdVectors(true);
  const { seen, asked } = await searchDuring(rig, rig.add);
  expect(asked).toBeGreaterThan(3);
  expect([...seen]).toEqual([""]);
  expect(rig.library.files(page).files).toMatchObject([{ state: "words", passages: length }]);
});

test("a long document that is being replaced is found whole, the old or the new, and never both", async () => {
  const rig = await makeRig();
  rig.write(1);
  await rig.add();
  rig.write(2);
  const { seen, asked } = await searchDuring(rig, rig.add);
  expect(asked).toBeGreaterThan(3);
  for (const one of seen) expect(["words 1, vectors 1", "words 2", "words 2, vectors 2"]).toContain(one);
  expect(rowsOf(rig.db, "passages")).toBe(length);
  expect(rig.library.integrity()).toEqual([]);
});

test("a long document that changed in part embeds only what is new, and keeps the marks of saved questions", async () => {
  const rig = await makeRig();
  rig.write(1);
  await rig.add();
  const marked = rig.library.files(page).files[0]?.documentId ?? 0;
  const relevant = [{ documentId: marked, start: 3, end: 9 }];
  insertQuestion(rig.db, { question: "where?", relevant });
  rig.embedded.length = 0;
  rig.write(2);
  await rig.add();
  expect(rig.embedded).toHaveLength(length / 10);
  const [file] = rig.library.files(page).files;
  expect(file).toMatchObject({ state: "ready", passages: length, embedded: length });
  expect(listQuestions(rig.db)[0]?.relevant).toEqual([{ ...relevant[0], documentId: file?.documentId }]);
});

test("a long document that is removed is out of every list and search at once, and then out of every table", async () => {
  const rig = await makeRig();
  rig.write(1);
  await rig.add();
  const [file] = rig.library.files(page).files;
  await rig.library.removeFiles([file!.id]);
  expect(rowsOf(rig.db, "passages")).toBeGreaterThan(0);
  expect(rig.library.files(page).total).toBe(0);
  expect(() => rig.library.document(file!.documentId!)).toThrow("not-found");
  expect(rig.library.documents(null, 0, 5)).toEqual([]);
  const { seen, asked } = await searchDuring(rig, async () => rig.library.whenIdle());
  expect(asked).toBeGreaterThan(3);
  expect([...seen]).toEqual([""]);
  for (const table of ["files", "documents", "document_texts", "passages", "passages_fts", "vectors"])
    expect([table, rowsOf(rig.db, table)]).toEqual([table, 0]);
});

test("a data set that is replaced keeps the documents that did not change, and their ids", async () => {
  const rig = await makeRig();
  const file = join(temporaryFolder(), "set.jsonl");
  const write = (changed: number) =>
    writeFileSync(
      file,
      Array.from({ length: 1_500 }, (_, at) =>
        JSON.stringify({ id: `row ${at}`, title: "T", text: `Row ${at === 3 ? changed : 0} number ${at}.` }),
      ).join("\n"),
    );
  const { id } = rig.library.ensureCollection("Mine");
  const idsOf = () => new Map(rig.library.documents(id, 0, 2_000).map((one) => [one.key, one.id]));
  write(1);
  await rig.library.add(id, [file]);
  await rig.library.whenIdle();
  const before = idsOf();
  rig.embedded.length = 0;
  write(2);
  await rig.library.add(id, [file]);
  await rig.library.whenIdle();
  const after = idsOf();
  expect(after.size).toBe(1_500);
  expect([...after].filter(([key, one]) => before.get(key) !== one).map(([key]) => key)).toEqual(["row 3"]);
  expect(rig.embedded).toEqual(["Row 2 number 3."]);
  expect(rig.library.integrity()).toEqual([]);
});

test("killed while a long document is stored, replaced or removed, the next start leaves no half of it", async () => {
  const folder = temporaryFolder();
  const [path, notes] = [join(folder, "library.db"), join(folder, "notes")];
  mkdirSync(notes);
  const key = randomBytes(32);
  const script = fileURLToPath(new URL("testing/change-until-killed.ts", import.meta.url));
  let wasHidden = 0;
  for (let round = 0; round < 4; round++) {
    const child = spawn(process.execPath, [script, path, key.toString("hex"), notes], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let halves = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      halves += chunk.toString().split("\n").length - 1;
      // The first ones while it is stored, the later ones while it is replaced and removed.
      if (halves > round * 12) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const db = openDatabase({ path, key, wait: 5_000 });
    wasHidden += rowsOf(db, "documents WHERE collection_id = 0") ?? 0;
    const library = makeTestLibrary(db);
    await library.models.use(fakeEmbedder({ dimension: 32 }));
    await library.scan(never);
    await library.whenIdle();
    await library.models.settled();
    expect(library.integrity()).toEqual([]);
    expect(rowsOf(db, "documents WHERE collection_id = 0")).toBe(0);
    const { files } = library.files(page);
    for (const file of files) expect([file.state, file.passages]).toEqual(["ready", length]);
    expect(rowsOf(db, "vectors")).toBe(files.length * length);
    await library.close();
    db.close();
  }
  expect(wasHidden).toBeGreaterThan(0);
}, 120_000);
