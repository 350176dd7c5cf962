// Indexing's embedding, from document text to unit vectors, against the bare onnxruntime session on
// the same token batches. Medians of interleaved rounds; tokens are real ones, padding left out.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { chunkDocument, chunkOptionsFor } from "../core/rag/library/chunker.ts";
import { batchesByLength } from "../core/rag/embedding/batches.ts";
import { loadModel } from "../core/rag/embedding/load-model.ts";
import { textTokenizer } from "../core/rag/embedding/text-tokenizer.ts";
import { batchTokens, openEmbedder } from "../core/rag/embedding/transformers-embedder.ts";
import { defaultEmbeddingModel, findEmbeddingRow } from "../core/models/embedding-catalogue.ts";
import type { ReadDocument } from "../core/rag/readers/reader.ts";

const rounds = Number(process.argv[2] ?? 5);
const threads = Number(process.argv[3] ?? 2);
const root = resolve(import.meta.dirname, "..");
const row = findEmbeddingRow(defaultEmbeddingModel)!;
const folder = join(root, ".cache/models", row.id);
const { signal } = new AbortController();

/** Paragraphs of Wikipedia where the shared data is there, else this project's own documents. */
function documents(): ReadDocument[] {
  const corpus = join(
    process.env["QWILL_SHARED"] ?? join(root, "../shared"),
    "data/retrieval/xquad-en/corpus.jsonl.gz",
  );
  const texts = existsSync(corpus)
    ? gunzipSync(readFileSync(corpus))
        .toString()
        .trim()
        .split("\n")
        .slice(0, 120)
        .map((line) => (JSON.parse(line) as { text: string }).text)
    : ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .filter((name) => existsSync(join(root, name)))
        .map((name) => readFileSync(join(root, name), "utf8"));
  return texts.map((text) => ({
    key: null,
    title: null,
    text,
    sections: [{ start: 0, end: text.length, place: {} }],
    pages: null,
  }));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const show = (name: string, value: number, unit: string): void =>
  console.log(`${name.padEnd(44)} ${value.toFixed(value < 10 ? 3 : 0)} ${unit}`);

const embedder = await openEmbedder({ row, folder, threads });
const options = chunkOptionsFor(embedder);
const chunk = (group: readonly ReadDocument[]): string[] =>
  group.flatMap((document) =>
    chunkDocument(document, options).map(({ start, end }) => document.text.slice(start, end)),
  );

const loaded = await loadModel(row, folder, threads);
const tokenizer = textTokenizer(loaded.encoder, row.longestInput);
const session = await InferenceSession.create(join(folder, "onnx/model_quantized.onnx"), {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: "sequential",
});

/** Some documents with the very batches that the embedder makes of them, as the session takes them. */
function groupOf(read: readonly ReadDocument[]) {
  const inputs = chunk(read).map((text) => tokenizer.encode(text));
  const feeds = batchesByLength(
    inputs.map((ids) => ids.length),
    batchTokens,
  ).map(({ indexes, length }) => {
    const shape = [indexes.length, length];
    const padded = indexes
      .map((index) => Array.from({ length }, (_, token) => inputs[index]![token] ?? -1))
      .flat();
    return {
      input_ids: new Tensor(
        "int64",
        padded.map((id) => BigInt(Math.max(0, id))),
        shape,
      ),
      attention_mask: new Tensor(
        "int64",
        padded.map((id) => (id < 0 ? 0n : 1n)),
        shape,
      ),
      token_type_ids: new Tensor(
        "int64",
        padded.map(() => 0n),
        shape,
      ),
    };
  });
  return { read, feeds, chunks: inputs.length, tokens: inputs.reduce((sum, ids) => sum + ids.length, 0) };
}

const read = documents();
const groups = Array.from({ length: Math.ceil(read.length / 8) }, (_, index) =>
  groupOf(read.slice(index * 8, index * 8 + 8)),
);
await loaded.close();

const raw: number[] = [];
const whole: number[] = [];
const questions: number[] = [];
for (let round = 0; round <= rounds; round++) {
  // Group by group, so that what else the machine does falls on both alike.
  for (const group of groups) {
    const start = performance.now();
    for (const feed of group.feeds) await session.run(feed);
    const between = performance.now();
    await embedder.embedDocuments(chunk(group.read), signal);
    const end = performance.now();
    await embedder.embedQuery("When does the harbour open in the morning?", signal);
    if (round === 0) continue; // warm-up
    raw.push((group.tokens / (between - start)) * 1000);
    whole.push((group.tokens / (end - between)) * 1000);
    questions.push(performance.now() - end);
  }
}
const sum = (key: "chunks" | "tokens"): number => groups.reduce((total, group) => total + group[key], 0);
console.log(
  `${read.length} documents, ${sum("chunks")} chunks, ${sum("tokens")} tokens, ${threads} threads, ${rounds} rounds`,
);
show("bare onnxruntime session", median(raw), "tokens/s");
show("text → chunks → tokens → vectors", median(whole), "tokens/s");
show("ratio (goal ≥ .85)", median(whole.map((value, index) => value / raw[index]!)), "");
show("one question", median(questions), "ms");
show("memory of the process with two sessions", process.memoryUsage().rss / 2 ** 20, "MB");
await embedder.close();
await session.release();
