import { openDatabase } from "../../../../store/open.ts";
import { makeSentenceVectors } from "../../testing/sentence-vectors.ts";
import { openSqliteVectorIndex } from "../vector-index.ts";

// Adds and removes documents of ten vectors until it is killed; says each one it has finished.
const [path, key] = process.argv.slice(2) as [string, string];
const db = openDatabase({ path, key: Buffer.from(key, "hex"), wait: 5_000 });
const store = openSqliteVectorIndex({ db, fingerprint: "killed", dimension: 64 });
const source = makeSentenceVectors({ seed: 1, dimension: 64, topics: 20 });
const first = Math.floor((await store.count()) / 10) * 2 + 1_000 * Number(process.argv[4]);
for (let document = first; ; document++) {
  await store.add(
    Array.from({ length: 10 }, (_, i) => ({
      passageId: document * 10 + i + 1,
      documentId: document + 1,
      vector: source.next(),
    })),
  );
  if (document % 3 === 0) await store.removeDocuments([document]);
  process.stdout.write(`${document}\n`);
}
