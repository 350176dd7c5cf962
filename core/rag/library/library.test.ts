import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AppError } from "../../contract/errors.ts";
import type { LibraryChange } from "../../contract/library-change.ts";
import type { WriteDb } from "../../store/handle.ts";
import { openTestDatabase, temporaryFolder } from "../../store/testing/test-database.ts";
import { chunkOptionsFor } from "./chunker.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { FileDone } from "./indexer-read.ts";
import { isReadable } from "../readers/formats.ts";
import { readPath } from "../readers/testing/read-path.ts";
import type { FileReader } from "../readers/reader.ts";
import { makeSqliteSearchIndex } from "../index/sqlite/search-index.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import { toTerms } from "../search/words/terms.ts";
import { searchWords } from "../../store/words.ts";
import { makeLibrary, type Library } from "./library.ts";
import { refreshWords } from "./refresh-words.ts";

const never = new AbortController().signal;
const page = { filter: "", offset: 0, limit: 100 };

interface Rig {
  readonly db: WriteDb;
  readonly library: Library;
  readonly folder: string;
  readonly collectionId: number;
  readonly embedded: string[];
  readonly done: FileDone[];
  readonly changes: LibraryChange[];
  readonly write: (name: string, text: string) => string;
  /** name → state, and how many passages have a vector. */
  readonly states: () => Record<string, string>;
}

function counting(embedder: Embedder, embedded: string[]): Embedder {
  return {
    ...embedder,
    embedDocuments: async (texts, signal) => {
      embedded.push(...texts);
      return embedder.embedDocuments(texts, signal);
    },
  };
}

async function makeRig(
  options: {
    reader?: FileReader;
    embedder?: Embedder | null;
    db?: WriteDb;
    folder?: string;
    isWatching?: boolean;
  } = {},
): Promise<Rig> {
  const db = options.db ?? openTestDatabase();
  const folder = options.folder ?? temporaryFolder();
  const embedded: string[] = [];
  const done: FileDone[] = [];
  const changes: LibraryChange[] = [];
  const library = makeLibrary({
    db,
    isReadable,
    toTerms,
    termsVersion: 1,
    reader: options.reader ?? { read: readPath, close: async () => undefined },
    now: Date.now,
    chunkOptions: () => chunkOptionsFor(null),
    makeRetriever: () => ({ search: async () => Promise.reject(new AppError("not-found")) }),
    index: makeSqliteSearchIndex(db),
    isWatching: options.isWatching ?? false,
    parallelReads: 2,
    fileDone: (one) => done.push(one),
    changed: (change) => changes.push(change),
  });
  onTestFinished(async () => library.close());
  const embedder = options.embedder === undefined ? fakeEmbedder() : options.embedder;
  await library.models.use(embedder && counting(embedder, embedded));
  const { id } = library.ensureCollection("Mine");
  return {
    db,
    library,
    folder,
    collectionId: id,
    embedded,
    done,
    changes,
    write: (name, text) => {
      const path = join(folder, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    states: () =>
      Object.fromEntries(
        library
          .files(page)
          .files.map((file) => [file.name, `${file.state} ${file.embedded}/${file.passages}`]),
      ),
  };
}

describe("adding files", () => {
  test("reads them, then gives each passage its vector", async () => {
    const rig = await makeRig();
    rig.write("heron.txt", "A heron stands in the reeds.");
    rig.write("b/ledger.md", "# Ledger\n\nThe ledger lies open.\n");
    rig.write("b/ignored.xyz", "no reader for this");
    rig.write(".hidden/secret.txt", "no one means this");
    rig.write("node_modules/x.md", "nor this");
    symlinkSync(rig.folder, join(rig.folder, "b", "circle"));
    const added = await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.whenIdle();
    expect(added.added).toBe(2);
    expect(rig.states()).toEqual({ "heron.txt": "ready 1/1", "ledger.md": "ready 1/1" });
    expect(rig.library.listCollections()[0]).toMatchObject({
      name: "Mine",
      files: 2,
      documents: 2,
      passages: 2,
    });
    expect(rig.library.progress()).toMatchObject({ state: "idle", files: { total: 0 } });
  });

  test("says words where there is no model yet, and goes on once there is one", async () => {
    const rig = await makeRig({ embedder: null });
    await rig.library.add(rig.collectionId, [rig.write("a.txt", "One heron.")]);
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "a.txt": "words 0/1" });
    await rig.library.models.use(fakeEmbedder());
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "a.txt": "ready 1/1" });
  });

  test("ends a broken file as a row with its reason, and mends it when the file is mended", async () => {
    const rig = await makeRig();
    const path = rig.write("a.docx", "PK but no zip at all");
    await rig.library.add(rig.collectionId, [
      path,
      rig.write("empty.txt", "  \n "),
      rig.write("x.xyz", "\u0000\u0001\u0002"),
    ]);
    await rig.library.whenIdle();
    const { files } = rig.library.files(page);
    expect(
      files.map((file) => [file.name, file.state]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ["a.docx", "failed"],
      ["empty.txt", "failed"],
      ["x.xyz", "failed"],
    ]);
    expect(files.every((file) => file.failure !== null)).toBe(true);
    writeFileSync(path, "Just words now, under a wrong name.");
    await rig.library.add(rig.collectionId, [path]);
    await rig.library.whenIdle();
    expect(rig.done.at(-1)?.file.name).toBe("a.docx");
  });
});

test("a list shown before its model was there is told to be asked again", async () => {
  const rig = await makeRig();
  await rig.library.add(rig.collectionId, [rig.write("one.txt", "The heron stands in the reeds.")]);
  await rig.library.whenIdle();
  const again = await makeRig({ db: rig.db, folder: rig.folder, embedder: null });
  expect(again.library.files(page).files.map(({ state }) => state)).toEqual(["words"]);
  again.changes.length = 0;
  await again.library.models.use(fakeEmbedder());
  expect(again.library.files(page).files.map(({ state }) => state)).toEqual(["ready"]);
  expect(again.changes).toContainEqual({ files: [], lists: true });
});

describe("what is unchanged", () => {
  test("is neither read nor embedded again", async () => {
    const rig = await makeRig();
    const path = rig.write("a.txt", "One heron.\n\nTwo ledgers.");
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.whenIdle();
    const before = rig.embedded.length;
    utimesSync(path, 1, 1);
    await rig.library.scan(never);
    await rig.library.whenIdle();
    expect(rig.done.at(-1)?.state).toBe("unchanged");
    expect(rig.embedded).toHaveLength(before);
    expect(rig.states()).toEqual({ "a.txt": "ready 1/1" });
  });

  test("keeps its vectors inside a changed file and in a copy of it", async () => {
    const rig = await makeRig();
    const long = (word: string): string =>
      `# ${word}\n\n${`The ${word} is here again today. `.repeat(8)}\n\n`;
    rig.write("a.md", long("heron") + long("ledger") + long("tide"));
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.whenIdle();
    expect(rig.embedded).toHaveLength(3);
    rig.write("a.md", long("heron") + long("NEW") + long("tide"));
    rig.write("copy.md", long("heron") + long("tide"));
    await rig.library.scan(never);
    await rig.library.whenIdle();
    expect(rig.embedded).toHaveLength(4);
    expect(rig.states()).toEqual({ "a.md": "ready 3/3", "copy.md": "ready 2/2" });
  });
});

describe("watched folders", () => {
  // guide: "A folder stays watched: new, changed, renamed and deleted files are followed."
  test("follow renaming, moving and deleting that happened while nothing ran", async () => {
    const first = await makeRig();
    for (const name of ["stay", "go", "move"]) first.write(`${name}.txt`, `About ${name}.`);
    await first.library.add(first.collectionId, [first.folder]);
    await first.library.whenIdle();
    const before = first.library.files({ ...page, filter: "move" }).files[0];
    await first.library.close();
    rmSync(join(first.folder, "go.txt"));
    mkdirSync(join(first.folder, "deep"));
    renameSync(join(first.folder, "move.txt"), join(first.folder, "deep", "moved.txt"));
    first.write("new.txt", "About new.");
    const second = await makeRig({ db: first.db, folder: first.folder });
    await second.library.scan(never);
    await second.library.whenIdle();
    expect(second.states()).toEqual({
      "moved.txt": "ready 1/1",
      "new.txt": "ready 1/1",
      "stay.txt": "ready 1/1",
    });
    const after = second.library.files({ ...page, filter: "moved" }).files[0];
    expect([after?.id, after?.documentId]).toEqual([before?.id, before?.documentId]);
    expect(second.embedded).toEqual(["About new."]);
  });

  test("keep everything while the folder cannot be reached", async () => {
    const rig = await makeRig();
    const inner = join(rig.folder, "inner");
    rig.write("inner/a.txt", "One heron.");
    await rig.library.add(rig.collectionId, [inner]);
    await rig.library.whenIdle();
    renameSync(inner, `${inner}-away`);
    await rig.library.scan(never);
    expect(rig.library.folders()[0]).toMatchObject({ reachable: false, files: 1 });
    expect(rig.states()).toEqual({ "a.txt": "ready 1/1" });
    renameSync(`${inner}-away`, inner);
    await rig.library.scan(never);
    expect(rig.library.folders()[0]).toMatchObject({ reachable: true, files: 1 });
  });

  test("notice changes by themselves, and leave out what a person took off the list", async () => {
    const rig = await makeRig({ isWatching: true });
    rig.write("a.txt", "One heron.");
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.whenIdle();
    await rig.library.removeFiles([rig.library.files(page).files[0]?.id ?? 0]);
    rig.write("b.txt", "Two herons.");
    await expect.poll(rig.states, { timeout: 10_000 }).toEqual({ "b.txt": "ready 1/1" });
  });
});

describe("the work", () => {
  test("can be paused, resumed and cancelled, and keeps what is finished", async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: FileReader = {
      read: async (path, signal) => {
        if (path.endsWith("slow.txt"))
          await Promise.race([
            gate,
            new Promise((_, reject) =>
              signal.addEventListener("abort", () => reject(new AppError("cancelled"))),
            ),
          ]);
        return readPath(path, signal);
      },
      close: async () => undefined,
    };
    const rig = await makeRig({ reader: slow });
    await rig.library.add(rig.collectionId, [
      rig.write("fast.txt", "One heron."),
      rig.write("slow.txt", "Two herons."),
    ]);
    await expect.poll(() => rig.states()["fast.txt"]).toBe("words 0/1");
    expect(rig.library.progress()).toMatchObject({
      state: "running",
      files: { total: 2, read: 1 },
      current: expect.any(String),
    });
    rig.library.pause();
    await expect.poll(() => rig.library.progress().state).toBe("paused");
    rig.library.resume();
    await rig.library.cancel();
    expect(rig.states()).toEqual({ "fast.txt": "words 0/1", "slow.txt": "left-out 0/0" });
    release();
    await rig.library.add(rig.collectionId, [join(rig.folder, "slow.txt")]);
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "fast.txt": "ready 1/1", "slow.txt": "ready 1/1" });
  });

  test("stays paused when a model is chosen or work is taken up for another reason, and goes on after a cancel", async () => {
    const rig = await makeRig();
    rig.library.pause();
    rig.write("one.txt", "One sentence.");
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.models.use(fakeEmbedder());
    rig.library.goOn();
    expect(rig.library.progress()).toMatchObject({ state: "paused", files: { read: 0, total: 1 } });
    rig.library.resume();
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "one.txt": "ready 1/1" });
    await rig.library.cancel();
    rig.write("two.txt", "Two sentences.");
    await rig.library.scan(new AbortController().signal);
    rig.library.goOn();
    await rig.library.whenIdle();
    expect(rig.states()).toMatchObject({ "two.txt": "ready 1/1" });
  });

  test("what waited when it was cancelled is listed as left out, also after a restart and a scan, until it is brought back", async () => {
    const first = await makeRig();
    first.library.pause();
    for (const name of ["a", "b", "c"]) first.write(`${name}.txt`, `About ${name}.`);
    await first.library.add(first.collectionId, [first.folder]);
    await first.library.cancel();
    const leftOut = { "a.txt": "left-out 0/0", "b.txt": "left-out 0/0", "c.txt": "left-out 0/0" };
    expect(first.states()).toEqual(leftOut);
    await first.library.close();
    const rig = await makeRig({ db: first.db, folder: first.folder });
    first.write("a.txt", "About a, written anew.");
    await rig.library.scan(never);
    await rig.library.whenIdle();
    expect(rig.states()).toEqual(leftOut);
    const [a] = rig.library.files({ ...page, state: "left-out" }).files;
    await rig.library.retry({ fileIds: [a!.id] });
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ ...leftOut, "a.txt": "ready 1/1" });
    await rig.library.retry({ state: "left-out", collectionId: rig.collectionId });
    await rig.library.whenIdle();
    expect(Object.values(rig.states())).toEqual(Array.from({ length: 3 }, () => "ready 1/1"));
  });

  test("adding a folder again brings back what was left out of it", async () => {
    const rig = await makeRig();
    rig.library.pause();
    rig.write("a.txt", "About a.");
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.cancel();
    expect((await rig.library.add(rig.collectionId, [rig.folder])).added).toBe(1);
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "a.txt": "ready 1/1" });
  });

  test("a failed file that is tried again and cancelled is still failed, with its reason and what it holds", async () => {
    const rig = await makeRig();
    const path = rig.write("a.txt", "One heron.");
    await rig.library.add(rig.collectionId, [path]);
    await rig.library.whenIdle();
    rmSync(path);
    const { id } = rig.library.files(page).files[0]!;
    await rig.library.retry({ fileIds: [id] });
    await rig.library.whenIdle();
    const failed = { state: "failed", passages: 1, failure: { code: "file-missing" } };
    expect(rig.library.file(id)).toMatchObject(failed);
    rig.library.pause();
    await rig.library.retry({ fileIds: [id] });
    expect(rig.library.file(id)).toMatchObject({ state: "waiting", failure: null });
    await rig.library.cancel();
    expect(rig.library.file(id)).toMatchObject(failed);
  });

  test("trying all failed files again tries every one of them, however many there are", async () => {
    const rig = await makeRig();
    rig.library.pause();
    for (let at = 0; at < 1_201; at++) rig.write(`${at}.docx`, "PK but no zip at all");
    await rig.library.add(rig.collectionId, [rig.folder]);
    rig.db.exec(`UPDATE files SET state = 'failed', failure = '{"code":"file-damaged"}'`);
    await rig.library.retry({ state: "failed" });
    expect(rig.library.files({ ...page, state: "waiting" }).total).toBe(1_201);
  });

  test("stops on a full disk with nothing lost, and goes on afterwards", async () => {
    const real = fakeEmbedder();
    let isFull = true;
    const rig = await makeRig({
      embedder: {
        ...real,
        embedDocuments: async (texts, signal) => {
          if (isFull) throw new AppError("disk-full");
          return real.embedDocuments(texts, signal);
        },
      },
    });
    await rig.library.add(rig.collectionId, [rig.write("a.txt", "One heron.")]);
    await expect(rig.library.whenIdle()).rejects.toThrow("disk-full");
    expect(rig.library.progress().fault).toMatchObject({ code: "disk-full" });
    isFull = false;
    rig.library.resume();
    await rig.library.whenIdle();
    expect(rig.states()).toEqual({ "a.txt": "ready 1/1" });
  });
});

describe("another embedding model", () => {
  test("gets its index beside the old one, which serves until the new one is whole", async () => {
    const old = fakeEmbedder({ modelId: "old", dimension: 32 });
    const rig = await makeRig({ embedder: old });
    for (let i = 0; i < 5; i++) rig.write(`${i}.txt`, `Text number ${i}.`);
    await rig.library.add(rig.collectionId, [rig.folder]);
    await rig.library.whenIdle();
    const next = counting(fakeEmbedder({ modelId: "next", dimension: 64 }), rig.embedded);
    await rig.library.models.use(next);
    expect(rig.library.models.active?.embedder.modelId).toBe("old");
    expect(await rig.library.models.build()).toMatchObject({ modelId: "next", total: 5 });
    await rig.library.whenIdle();
    expect(rig.library.models.active?.embedder.modelId).toBe("next");
    expect(rig.library.models.building).toBeNull();
    await rig.library.models.settled();
    expect(Object.values(rig.states())).toEqual(Array.from({ length: 5 }, () => "ready 1/1"));
    expect(rig.db.prepare<{ n: number }>("SELECT count(*) AS n FROM vectors").get()?.n).toBe(5);
  });
});

// guide: "New collections are for this device only."
test("a collection is for this device only, however it was made", async () => {
  const rig = await makeRig();
  rig.library.createCollection("Made");
  rig.library.ensureCollection("Ensured");
  expect(rig.library.listCollections().filter(({ id }) => id !== rig.collectionId)).toMatchObject([
    { name: "Made", reach: "device" },
    { name: "Ensured", reach: "device" },
  ]);
});

// guide: "Removing a file from the library never touches the file itself."
test("removing a file, a folder or a collection from the library leaves the files on the disk as they are", async () => {
  const rig = await makeRig();
  const paths = ["a.txt", "inner/b.txt", "c.txt"].map((name) => rig.write(name, `About ${name}.`));
  await rig.library.add(rig.collectionId, [rig.folder]);
  await rig.library.whenIdle();
  await rig.library.removeFiles([rig.library.files(page).files[0]?.id ?? 0]);
  await rig.library.removeFolder(rig.library.folders()[0]?.id ?? 0, true);
  await rig.library.removeCollection(rig.collectionId);
  expect(rig.states()).toEqual({});
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual([
    "About a.txt.",
    "About inner/b.txt.",
    "About c.txt.",
  ]);
});

test("removing a collection leaves no row of it behind", async () => {
  const rig = await makeRig();
  rig.write("a.txt", "One heron.");
  await rig.library.add(rig.collectionId, [rig.folder]);
  await rig.library.whenIdle();
  await rig.library.removeCollection(rig.collectionId);
  expect(rig.library.listCollections()).toEqual([]);
  await rig.library.whenIdle();
  for (const table of [
    "collections",
    "folders",
    "files",
    "documents",
    "document_texts",
    "passages",
    "vectors",
  ]) {
    expect([table, rig.db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n]).toEqual([
      table,
      // The place of what nobody sees is always there.
      table === "collections" ? 1 : 0,
    ]);
  }
});

test("files added by themselves are followed too, when they change", async () => {
  const rig = await makeRig();
  const path = rig.write("a.txt", "One heron.");
  await rig.library.add(rig.collectionId, [path]);
  await rig.library.whenIdle();
  writeFileSync(path, "One otter now.");
  await rig.library.scan(never);
  await rig.library.whenIdle();
  expect(await rig.library.passages(rig.library.files(page).files[0]?.documentId ?? 0, 0, 5)).toMatchObject([
    { text: "One otter now.", hasVector: true },
  ]);
});

test("a newer way of folding words reaches what is stored, without reading or embedding again", async () => {
  const rig = await makeRig();
  rig.write("a.txt", "The HERON stands.");
  await rig.library.add(rig.collectionId, [rig.folder]);
  await rig.library.whenIdle();
  rmSync(join(rig.folder, "a.txt"));
  const options = { version: 7, toTerms: (text: string) => text.split(/\W+/u).map((word) => `x${word}`) };
  await refreshWords(rig.db, options, never);
  expect(searchWords(rig.db, { terms: ["xHERON"], limit: 5, collections: [] })).toHaveLength(1);
  expect(searchWords(rig.db, { terms: ["heron"], limit: 5, collections: [] })).toHaveLength(0);
  expect(rig.library.integrity()).toEqual([]);
  expect(rig.embedded).toHaveLength(1);
});

test("new collections are for this device only, however they are made, and old ones keep what they have", async () => {
  const { library } = await makeRig();
  const made = [library.createCollection("Made"), library.ensureCollection("Ensured")];
  expect(made.map(({ reach }) => reach)).toEqual(["device", "device"]);
  library.updateCollection(made[0]!.id, { reach: "cloud" });
  expect(library.ensureCollection("Made").reach).toBe("cloud");
});
