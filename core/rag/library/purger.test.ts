import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { WriteDb } from "../../store/handle.ts";
import { openDatabase } from "../../store/open.ts";
import { isPurgeDue } from "../../store/purge.ts";
import { decryptedPages } from "../../store/testing/decrypted-pages.ts";
import { temporaryFolder, testKey } from "../../store/testing/test-database.ts";
import type { Library, LibraryDeps } from "./library.ts";
import { makeTestLibrary } from "./testing/test-library.ts";

const never = new AbortController().signal;
/** Long enough that no test waits for it: what happens, happens because it was asked for. */
const notByItself = { purgeAfter: 3_600_000 };

function openLibrary(path: string, more: Partial<LibraryDeps>): { db: WriteDb; library: Library } {
  const db = openDatabase({ path, key: testKey });
  const library = makeTestLibrary(db, more);
  onTestFinished(async () => {
    await library.close();
    db.close();
  });
  return { db, library };
}

/** A library with a folder of notes; of each one word, which the index keeps as it is, is nowhere else. */
async function makeRig(more: Partial<LibraryDeps>) {
  const folder = temporaryFolder();
  const path = join(folder, "library.db");
  const notes = temporaryFolder();
  const names = ["kwolbat", "zingmot", "vexnub"];
  // The path of a removed file stays on the list of what a scan leaves out: it says nothing of what the file said.
  for (const [at, name] of names.entries())
    writeFileSync(join(notes, `${at}.txt`), `The ${name} stands alone.`);
  // Among many: of a segment that is deleted by a tenth and more, the index lets go by itself.
  for (let at = 0; at < 40; at++) writeFileSync(join(notes, `other-${at}.txt`), `Number ${at} sits there.`);
  const { db, library } = openLibrary(path, more);
  const { id } = library.ensureCollection("Mine");
  await library.add(id, [notes]);
  await library.whenIdle();
  const idOf = (name: string) =>
    library.files({ filter: `${names.indexOf(name)}.txt`, offset: 0, limit: 1 }).files[0]?.id ?? 0;
  /** Which words can be read by whoever has the key; the index keeps the end of a word for sure. */
  const readable = () => {
    const bytes = decryptedPages(path, testKey);
    return names.filter((name) => bytes.includes(name.slice(1)));
  };
  return { path, notes, db, library, collectionId: id, names, idOf, readable };
}

// guide: "What a removed file said is deleted from the encrypted library too, the words of its search index included."
test.each(["file", "document", "folder", "collection", "file on the disk"] as const)(
  "what a removed %s said is in no page that can be decrypted once it is purged",
  async (what) => {
    const rig = await makeRig(notByItself);
    const { library, names } = rig;
    expect(rig.readable()).toEqual(names);
    const first = rig.idOf(names[0]!);
    if (what === "file") await library.removeFiles([first]);
    if (what === "document") await library.removeDocument(library.file(first).documentId!);
    if (what === "folder") await library.removeFolder(library.folders()[0]!.id, true);
    if (what === "collection") await library.removeCollection(rig.collectionId);
    if (what === "file on the disk") {
      rmSync(join(rig.notes, "0.txt"));
      await library.scan(never);
    }
    await library.whenIdle();
    await library.whenPurged();
    expect(rig.readable()).toEqual(what === "folder" || what === "collection" ? [] : names.slice(1));
    expect(library.integrity()).toEqual([]);
  },
);

test("words are purged some time after a removal without anybody asking", async () => {
  const rig = await makeRig({ purgeAfter: 0 });
  await rig.library.removeFiles([rig.idOf("zingmot")]);
  await expect.poll(() => rig.readable()).toEqual(rig.names.filter((name) => name !== "zingmot"));
});

test("words that were not purged when Qwill ended are purged after the next start", async () => {
  const rig = await makeRig(notByItself);
  await rig.library.removeFiles([rig.idOf("zingmot")]);
  expect(isPurgeDue(rig.db, 0)).toBe(true);
  await rig.library.close();
  rig.db.close();
  const { db, library } = openLibrary(rig.path, { purgeAfter: 0 });
  await library.scan(never);
  await expect.poll(() => isPurgeDue(db, 0)).toBe(false);
  expect(rig.readable()).toEqual(rig.names.filter((name) => name !== "zingmot"));
});
