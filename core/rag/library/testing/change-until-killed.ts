import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasHiddenDocuments } from "../../../store/hidden.ts";
import { openDatabase } from "../../../store/open.ts";
import { fakeEmbedder } from "../../embedding/testing/fake-embedder.ts";
import { longNote } from "./long-note.ts";
import { makeTestLibrary } from "./test-library.ts";

// Stores, replaces and removes a long document again and again until it is killed; says so whenever it lets other
// work in while half a document is there.
const [path, key, notes] = process.argv.slice(2) as [string, string, string];
const db = openDatabase({ path, key: Buffer.from(key, "hex"), wait: 5_000 });
const library = makeTestLibrary(db);
await library.models.use(fakeEmbedder({ dimension: 32 }));
const { id } = library.ensureCollection("Mine");
const file = join(notes, "long.md");
setImmediate(function look() {
  if (hasHiddenDocuments(db)) process.stdout.write("half\n");
  setImmediate(look);
});
for (let turn = 1; ; turn++) {
  writeFileSync(file, longNote(2_500, turn));
  await library.add(id, [file]);
  await library.whenIdle();
  if (turn % 3 !== 0) continue;
  const { files } = library.files({ filter: "long", offset: 0, limit: 1 });
  await library.removeFiles(files.map((one) => one.id));
  await library.whenIdle();
}
