import { resolve } from "node:path";
import { searchModes } from "../core/contract/search.ts";
import { openEmbedder } from "../core/rag/embedding/transformers-embedder.ts";
import { evaluate } from "../core/rag/search/evaluate.ts";
import { makeHybridRetriever } from "../core/rag/search/hybrid-retriever.ts";
import { defaultEmbeddingModel, findEmbeddingRow } from "../core/models/embedding-catalogue.ts";
import { makeTemplateSet } from "../core/rag/search/testing/template-documents.ts";
import { labelledSetsFolder, readLabelledSet, type LabelledSet } from "./retrieval/labelled-set.ts";
import { makeBenchLibrary } from "./retrieval/search-library.ts";

/** nDCG@10 published for these sets (their README names the sources): BM25, bm25s, all-MiniLM-L6-v2. */
const PUBLISHED: Readonly<Record<string, readonly [number, number, number]>> = {
  en: [0.9642, 0.9649, 0.9436],
  de: [0.9273, 0.9252, 0.7032],
  zh: [0.9669, 0.1205, 0.2423],
};

// node bench/retrieval.ts [en de zh de:en templates …] [--model=ID]   (questions:corpus; templates are made here)
const folder = labelledSetsFolder();
if (!folder)
  throw new Error(
    "The labelled sets are not at hand: set QWILL_SHARED to the folder that holds data/retrieval.",
  );
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const pairs = named.length > 0 ? named : ["en", "de", "zh", "templates"];
const budget = process.env["QWILL_BENCH_WORD_BUDGET"];
const wanted = process.argv.find((argument) => argument.startsWith("--model="))?.slice("--model=".length);
const row = findEmbeddingRow(wanted ?? defaultEmbeddingModel);
if (!row) throw new Error(`No model ${wanted}`);
const embedder = await openEmbedder({
  row,
  folder: resolve(import.meta.dirname, "../.cache/models", row.id),
  threads: 0,
});
const signal = new AbortController().signal;

const figure = (value: number): string => value.toFixed(4);
const say = (line: string): void => console.log(line);
say("| set | mode | nDCG@10 | Recall@10 | Recall@100 | MRR@10 | p50 ms | p95 ms |");
say("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const pair of pairs) {
  const [questions = "en", corpus = questions] = pair.split(":");
  const set = pair === "templates" ? templateSet() : readLabelledSet(folder, corpus, questions);
  const library = await makeBenchLibrary(set.documents, embedder, (texts) =>
    embedder.embedDocuments(texts, signal),
  );
  const retriever = makeHybridRetriever({
    index: library.index,
    db: library.db,
    model: { embedder, vectors: library.vectors },
    ...(budget !== undefined && { wordBudget: Number(budget) }),
  });
  const found = await evaluate(
    {
      retriever,
      questions: set.questions,
      judgments: set.judgments,
      modes: searchModes,
      collections: [],
    },
    signal,
  );
  const results = new Map(found.map((result) => [result.mode, result]));
  for (const [mode, result] of results) {
    const { ndcg10, recall10, recall100, mrr10, p50, p95 } = result;
    const cells = [
      pair,
      mode,
      figure(ndcg10),
      figure(recall10),
      figure(recall100),
      figure(mrr10),
      p50.toFixed(1),
      p95.toFixed(1),
    ];
    say(`| ${cells.join(" | ")} |`);
  }
  const [bm25, bm25s, miniLm] = PUBLISHED[pair] ?? [];
  if (bm25 !== undefined)
    say(`| ${pair} | *published: BM25 ${bm25}, bm25s ${bm25s}, all-MiniLM-L6-v2 ${miniLm}* | | | | | | |`);
  const best = results.get("hybrid")!.ndcg10;
  const words = results.get("words")!.ndcg10;
  const vectors = results.get("vectors")!.ndcg10;
  const goal = pair === "en" ? best > words && best > vectors : best >= words;
  say(`| ${pair} | *${library.passages} passages; goal ${goal ? "reached" : "MISSED"}* | | | | | | |`);
  await library.close();
}
await embedder.close();

/** Documents alike but for a name, a number, a date or a "not": what a search must not take for copies. */
function templateSet(): LabelledSet {
  const { documents, questions: asked, judgments } = makeTemplateSet(60);
  return {
    documents: documents.map(({ id, title, paragraphs }) => ({ id, title, text: paragraphs.join("\n\n") })),
    questions: asked,
    judgments,
  };
}
