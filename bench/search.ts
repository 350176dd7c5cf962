// Hybrid search over a large encrypted library: milliseconds with and without embedding the question.
//   node bench/search.ts [--rows 10000,100000] [--questions 100] [--no-budget]
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { SearchMode } from "../core/contract/search.ts";
import { chunkOptionsFor } from "../core/rag/library/chunker.ts";
import type { Embedder } from "../core/rag/embedding/embedder.ts";
import { openEmbedder } from "../core/rag/embedding/transformers-embedder.ts";
import { makeHybridRetriever } from "../core/rag/search/hybrid-retriever.ts";
import { embeddingCatalogue } from "../core/models/embedding-catalogue.ts";
import { makeSentenceVectors } from "../core/rag/index/testing/sentence-vectors.ts";
import { printTable, type Figure } from "./measure/table.ts";
import { median, percentile } from "./measure/timings.ts";
import { makeBenchLibrary } from "./retrieval/search-library.ts";
import { makeZipfText } from "./retrieval/zipf-text.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "10000,100000" },
    questions: { type: "string", default: "100" },
    "no-budget": { type: "boolean", default: false },
  },
});
const signal = new AbortController().signal;
const row = embeddingCatalogue[0]!;
const model = await openEmbedder({
  row,
  folder: resolve(import.meta.dirname, "../.cache/models", row.id),
  threads: 0,
});
/** Goals of the design for 100k passages, in milliseconds. */
const GOAL = { passages: 100_000, goal: 12, stretch: 8 };
const passagesPerDocument = 10;
/** Made-up words have no tokens worth counting: four letters are one. */
const chunks = {
  ...chunkOptionsFor(model),
  count: (_: string, start: number, end: number) => (end - start) / 4,
};

for (const rows of options.rows.split(",").map(Number)) {
  const text = makeZipfText(7);
  const documents = Array.from({ length: Math.ceil(rows / passagesPerDocument) }, (_, at) => ({
    id: `d${at}`,
    title: "",
    text: Array.from({ length: passagesPerDocument }, () => text.passage()).join("\n\n"),
  }));
  const vectors = makeSentenceVectors({ seed: 7, dimension: row.dimension });
  const library = await makeBenchLibrary(
    documents,
    model,
    async (texts) => texts.map(() => vectors.next()),
    chunks,
  );
  const instant: Embedder = { ...model, embedQuery: async () => vectors.query() };
  const budget = options["no-budget"] ? { wordBudget: Number.POSITIVE_INFINITY } : {};
  const questions = Array.from({ length: Number(options.questions) }, () => text.question());
  const measure = async (embedder: Embedder, mode: SearchMode) => {
    const retriever = makeHybridRetriever({
      index: library.index,
      db: library.db,
      model: { embedder, vectors: library.vectors },
      ...budget,
    });
    const times: { total: number; embed: number; vectors: number; words: number; fuse: number }[] = [];
    for (const question of [...questions.slice(0, 10), ...questions]) {
      const result = await retriever.search({ question, k: 10, mode, collections: [] }, signal);
      times.push(result.milliseconds);
    }
    return times.slice(10);
  };
  const figures: Figure[] = [];
  const isGoal = library.passages >= GOAL.passages * 0.9;
  for (const [name, embedder, mode] of [
    ["hybrid, question given as a vector", instant, "hybrid"],
    ["words alone", instant, "words"],
    ["vectors alone, question given as a vector", instant, "vectors"],
    ["hybrid with the embedding of the question", model, "hybrid"],
  ] as const) {
    const times = await measure(embedder, mode);
    const totals = times.map((time) => time.total);
    const goal =
      isGoal && name === "hybrid, question given as a vector"
        ? { goal: GOAL.goal, stretch: GOAL.stretch }
        : {};
    figures.push({ name: `${name}, p50`, value: median(totals), unit: "ms", ...goal });
    figures.push({ name: `${name}, p95`, value: percentile(totals, 0.95), unit: "ms" });
    if (mode !== "hybrid" || embedder === model) continue;
    for (const part of ["vectors", "words", "fuse"] as const)
      figures.push({
        name: `  of it ${part}, p50`,
        value: median(times.map((time) => time[part])),
        unit: "ms",
      });
  }
  printTable(`Search, ${library.passages} passages`, figures);
  await library.close();
}
await model.close();
