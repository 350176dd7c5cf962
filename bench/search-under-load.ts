// Search while a document of 140,000 passages is stored, gets its vectors and is removed, against the same
// searches while nothing else happens. A search counts from the moment it was due: waiting is part of it.
//   node bench/search-under-load.ts [--rows 100000] [--passages 140000] [--every 50]
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { embeddingCatalogue } from "../core/models/embedding-catalogue.ts";
import type { Embedder } from "../core/rag/embedding/embedder.ts";
import { makeSentenceVectors } from "../core/rag/index/testing/sentence-vectors.ts";
import { chunkOptionsFor } from "../core/rag/library/chunker.ts";
import { makeLibrary } from "../core/rag/library/library.ts";
import { isReadable } from "../core/rag/readers/formats.ts";
import { spawnNodeReader } from "../core/rag/readers/process/node-reader.ts";
import { makeProcessReader } from "../core/rag/readers/process/process-reader.ts";
import { makeHybridRetriever } from "../core/rag/search/hybrid-retriever.ts";
import { TERMS_VERSION, toTerms } from "../core/rag/search/words/terms.ts";
import { activateIndexModel } from "../core/store/index-models.ts";
import { printTable, type Figure } from "./measure/table.ts";
import { median, percentile } from "./measure/timings.ts";
import { makeBenchLibrary } from "./retrieval/search-library.ts";
import { makeZipfText } from "./retrieval/zipf-text.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    passages: { type: "string", default: "140000" },
    every: { type: "string", default: "50" },
  },
});
const signal = new AbortController().signal;
const every = Number(options.every);
const text = makeZipfText(7);
const vectors = makeSentenceVectors({ seed: 7, dimension: embeddingCatalogue[0]!.dimension });
/** Vectors without a model: what is measured is the store, not the embedding. */
const embedder: Embedder = {
  modelId: "bench",
  fingerprint: "bench",
  dimension: embeddingCatalogue[0]!.dimension,
  languages: ["*"],
  longestInput: 256,
  countTokens: (words) => words.length / 4,
  embedDocuments: async (texts) => texts.map(() => vectors.next()),
  embedQuery: async () => vectors.query(),
  close: async () => undefined,
};
/** Made-up words have no tokens worth counting: four letters are one. */
const chunks = {
  ...chunkOptionsFor(embedder),
  count: (_: string, start: number, end: number) => (end - start) / 4,
};
const say = (what: string): void => void process.stderr.write(`${what} …\n`);
const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

say(`making a library of ${options.rows} passages`);
const base = await makeBenchLibrary(
  Array.from({ length: Math.ceil(Number(options.rows) / 10) }, (_, at) => ({
    id: `d${at}`,
    title: "",
    text: Array.from({ length: 10 }, () => text.passage()).join("\n\n"),
  })),
  embedder,
  async (texts) => texts.map(() => vectors.next()),
  chunks,
);
activateIndexModel(base.db, { fingerprint: "bench", modelId: "bench", dimension: embedder.dimension });
const reader = makeProcessReader({
  spawn: () => spawnNodeReader({ entry: resolve(import.meta.dirname, "../electron/reader/index.ts") }),
  parallel: 1,
});
const library = makeLibrary({
  db: base.db,
  reader,
  isReadable,
  toTerms,
  termsVersion: TERMS_VERSION,
  now: Date.now,
  // A line is a passage, as in the log of a server.
  chunkOptions: () => ({ ...chunks, target: 1 }),
  index: base.index,
  makeRetriever: (model) => makeHybridRetriever({ index: base.index, db: base.db, model }),
  isWatching: false,
  parallelReads: 1,
});
await library.models.use(embedder);
await library.models.settled();

/** Milliseconds from due to answered, of a search every so often until `work` is done. */
async function searchDuring(work: () => Promise<unknown>): Promise<number[]> {
  const state = { isDone: false };
  const done = work().finally(() => {
    state.isDone = true;
  });
  const waited: number[] = [];
  for (let due = performance.now(); !state.isDone; due += every) {
    await pause(Math.max(0, due - performance.now()));
    await library.retriever.search(
      { question: text.question(), k: 10, mode: "hybrid", collections: [] },
      signal,
    );
    waited.push(performance.now() - due);
    // Searches that fell due while one was answered were asked by nobody.
    due = Math.max(due, performance.now() - every);
  }
  await done;
  return waited;
}

const folder = mkdtempSync(join(tmpdir(), "qwill-bench-"));
const log = join(folder, "server.log");
writeFileSync(
  log,
  Array.from({ length: Number(options.passages) }, (_, line) => `${line} ${text.question()}`).join("\n\n"),
);
await searchDuring(() => pause(1_000));
say("searching while nothing happens");
const idle = await searchDuring(() => pause(200 * every));
say("searching while it is read and stored");
library.holdVectors(true);
const collection = library.ensureCollection("Logs");
const stored = await searchDuring(async () => {
  await library.add(collection.id, [log]);
  await library.whenIdle();
});
const passages = library.listCollections().find(({ id }) => id === collection.id)?.passages ?? 0;
say(`searching while ${passages} passages get their vectors`);
const embedded = await searchDuring(async () => {
  library.holdVectors(false);
  await library.whenIdle();
});
say("searching while it is removed");
const [file] = library.files({ collectionId: collection.id, filter: "", offset: 0, limit: 1 }).files;
if (!file || file.state !== "ready") throw new Error(`the log is ${file?.state ?? "not there"}`);
const removed = await searchDuring(async () => {
  await library.removeFiles([file.id]);
  await library.whenIdle();
});

const resting = percentile(idle, 0.95);
const against = (name: string, times: readonly number[]): Figure[] => [
  { name: `${name}: p95 / idle p95`, value: percentile(times, 0.95) / resting, goal: 3 },
  { name: `  its longest wait`, value: Math.max(...times), unit: "ms" },
  { name: `  searches`, value: times.length },
];
printTable(`Search beside a document of ${passages} passages, ${base.passages} others`, [
  { name: "idle, p50", value: median(idle), unit: "ms" },
  { name: "idle, p95", value: resting, unit: "ms" },
  ...against("while it is stored", stored),
  ...against("while its vectors come", embedded),
  ...against("while it is removed", removed),
]);
await library.close();
await reader.close();
await base.close();
rmSync(folder, { recursive: true });
