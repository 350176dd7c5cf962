import { expect, test } from "vitest";
import { fileStates, type FileState } from "../contract/documents.ts";
import { insertCollection, listCollections } from "./collections.ts";
import { countFiles } from "./file-counts.ts";
import { ensureFile, getFile, setFileFolder } from "./files.ts";
import { moveFile } from "./files-on-disk.ts";
import { ensureFolder, listFolders } from "./folders.ts";
import { foldName } from "./fold-name.ts";
import type { WriteDb } from "./handle.ts";
import { listFiles, stateOf, type FileView } from "./library-files.ts";
import { costlySteps, stepsOf } from "./testing/query-plans.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { openTestDatabase } from "./testing/test-database.ts";

const none: FileView = { fingerprint: null, reading: new Set(), embedded: () => 0 };

function addFile(db: WriteDb, collectionId: number, name: string, folderId: number | null = null): number {
  const path = `/${collectionId}/${name}`;
  return ensureFile(db, { collectionId, folderId, path, name, bytes: 1, modifiedAt: 1 }).id;
}

/** A library in which every kind of row was added, changed, moved and removed. */
function shuffledLibrary(seed: number): { db: WriteDb; collections: number[] } {
  const chance = seededRandom(seed);
  const random = (below: number): number => Math.floor(chance() * below);
  const db = openTestDatabase();
  const collections = [insertCollection(db, "One", "device"), insertCollection(db, "Two", "device")];
  const folders = collections.map((id) => ensureFolder(db, id, `/folder-${id}`));
  const ids: number[] = [];
  const set = db.prepare(
    `UPDATE files SET state = ?, left_out = ?, vectors_fingerprint = ?, document_count = ?, passage_count = ?
     WHERE id = ?`,
  );
  for (let step = 0; step < 600; step++) {
    const id = ids[random(ids.length)] ?? 0;
    const place = random(2);
    const kind = random(10);
    if (kind < 4)
      ids.push(
        addFile(db, collections[place]!, `Näme ${random(300)} ${step}`, [folders[place]!, null][random(2)]),
      );
    else if (kind < 7) {
      const state = ["waiting", "stored", "failed"][random(3)]!;
      const isLeftOut = state === "waiting" && random(3) === 0;
      set.run(state, Number(isLeftOut), [null, "a", "b"][random(3)], random(3), random(9), id);
    } else if (kind < 8) setFileFolder(db, id, [null, folders[0]!][random(2)]!);
    else if (kind < 9)
      moveFile(db, id, {
        path: `/moved/${step}`,
        name: `moved ${step}`,
        folderId: null,
        modifiedAt: 2,
        inode: null,
      });
    else db.prepare("DELETE FROM files WHERE id = ?").run(id);
  }
  return { db, collections };
}

function allRows(db: WriteDb) {
  const ids = db.prepare<{ id: number }>("SELECT id FROM files").all();
  return ids.map(({ id }) => getFile(db, id)!);
}

test.each([1, 2, 3])("counts that are kept are those a look at every row gives (seed %i)", (seed) => {
  const { db } = shuffledLibrary(seed);
  const rows = allRows(db);
  for (const fingerprint of [null, "a", "unknown"]) {
    const isReady = (row: (typeof rows)[number]) =>
      fingerprint !== null && row.vectorsFingerprint === fingerprint;
    const stored = rows.filter(({ state }) => state === "stored");
    const passagesOf = (of: typeof rows) => of.reduce((sum, { passages }) => sum + passages, 0);
    expect(countFiles(db, fingerprint)).toEqual({
      total: rows.length,
      waiting: rows.filter((row) => row.state === "waiting" && !row.isLeftOut).length,
      stored: stored.length,
      ready: stored.filter(isReady).length,
      failed: rows.filter(({ state }) => state === "failed").length,
      passages: passagesOf(rows),
      openPassages: passagesOf(stored.filter((row) => !isReady(row))),
    });
  }
  for (const { id, files, documents, passages } of listCollections(db)) {
    const mine = rows.filter(({ collectionId }) => collectionId === id);
    expect({ files, documents, passages }).toEqual({
      files: mine.length,
      documents: mine.reduce((sum, row) => sum + row.documents, 0),
      passages: mine.reduce((sum, row) => sum + row.passages, 0),
    });
  }
  for (const { id, files } of listFolders(db))
    expect(files).toBe(rows.filter(({ folderId }) => folderId === id).length);
});

test.each([4, 5])("every page of every list holds the rows that belong there, in order (seed %i)", (seed) => {
  const { db, collections } = shuffledLibrary(seed);
  const rows = allRows(db);
  const waiting = rows.filter((row) => row.state === "waiting" && !row.isLeftOut);
  const beingRead = new Set(waiting.slice(0, 5).map(({ id }) => id));
  for (const fingerprint of [null, "a"])
    for (const collectionId of [undefined, ...collections])
      for (const state of [undefined, ...fileStates] as (FileState | undefined)[])
        for (const filter of ["", "näme 1", "MOVED"]) {
          const view: FileView = { fingerprint, reading: beingRead, embedded: () => 0 };
          const expected = rows
            .filter((row) => collectionId === undefined || row.collectionId === collectionId)
            .filter((row) => state === undefined || stateOf(row, view) === state)
            .filter((row) => foldName(row.name).includes(foldName(filter)))
            .map((row) => ({ id: row.id, key: foldName(row.name) }))
            .toSorted((one, other) =>
              one.key === other.key ? one.id - other.id : one.key < other.key ? -1 : 1,
            )
            .map(({ id }) => id);
          const found: number[] = [];
          for (let offset = 0; offset <= expected.length; offset += 7) {
            const page = listFiles(db, { collectionId, state, filter, offset, limit: 7 }, view);
            expect(page.total).toBe(expected.length);
            for (const { id } of page.files) found.push(id);
          }
          expect(found).toEqual(expected);
        }
});

test("a name is found in any case and however its accents are written", () => {
  const db = openTestDatabase();
  const id = insertCollection(db, "Mine", "device");
  addFile(db, id, "Ärzte und Straßen.txt".normalize("NFD"));
  addFile(db, id, "ΠΡΟΣΩΠΟ.txt");
  const namesFor = (filter: string) =>
    listFiles(db, { filter, offset: 0, limit: 5 }, none).files.map(({ name }) => name.normalize("NFC"));
  for (const filter of ["ärzte", "ÄRZTE", "ärzte".normalize("NFD"), "STRASSEN", "straßen"])
    expect([filter, ...namesFor(filter)]).toEqual([filter, "Ärzte und Straßen.txt"]);
  for (const filter of ["προσ", "ΠΡΟΣ", "πρός".normalize("NFC").replace("ό", "ο")])
    expect([filter, ...namesFor(filter)]).toEqual([filter, "ΠΡΟΣΩΠΟ.txt"]);
  expect(namesFor("arzt")).toEqual([]);
});

test("a list, a count and a page in the middle read no row that they do not show", () => {
  const { db, collections } = shuffledLibrary(6);
  const steps = costlySteps(db, (recorded) => {
    countFiles(recorded, "a");
    for (const collectionId of [undefined, collections[0]])
      for (const state of [undefined, "ready", "words", "waiting", "failed", "left-out"] as const)
        for (const offset of [0, 20])
          listFiles(recorded, { collectionId, state, filter: "", offset, limit: 5 }, none);
  });
  // The counts themselves are a row for each collection and group.
  expect(steps.filter((step) => !step.includes("file_counts"))).toEqual([]);
});

test("a page of one state of a collection steps over that state's index, and reads no row of the collection", () => {
  const { db, collections } = shuffledLibrary(7);
  const steps = stepsOf(db, (recorded) => {
    for (const collectionId of collections)
      for (const state of ["ready", "words", "waiting", "failed", "left-out"] as const)
        listFiles(
          recorded,
          { collectionId, state, filter: "", offset: 20, limit: 5 },
          { ...none, fingerprint: "a" },
        );
  });
  expect(steps.filter((step) => step.includes("files_by_group"))).not.toEqual([]);
  expect(steps.filter((step) => step.includes("files_by_collection"))).toEqual([]);
});
