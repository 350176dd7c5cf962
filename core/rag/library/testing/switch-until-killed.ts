import { openDatabase } from "../../../store/open.ts";
import { fakeEmbedder } from "../../embedding/testing/fake-embedder.ts";
import { makeTestLibrary } from "./test-library.ts";

// Switches the search model of a library again and again until it is killed; says each step it has finished.
const [path, key, notes] = process.argv.slice(2) as [string, string, string];
const db = openDatabase({ path, key: Buffer.from(key, "hex"), wait: 5_000 });
const library = makeTestLibrary(db);
const embedders = ["a", "b", "c"].map((modelId, at) => fakeEmbedder({ modelId, dimension: 32 + 32 * at }));
const { active } = library.models.known();
await library.models.use(embedders[0]!, embedders.find(({ modelId }) => modelId === active) ?? null);
await library.add(library.ensureCollection("Mine").id, [notes]);
await library.whenIdle();
for (let turn = 1; ; turn++) {
  await library.models.use(embedders[turn % 3]!);
  process.stdout.write("chosen\n");
  await library.whenIdle();
  process.stdout.write("switched\n");
}
