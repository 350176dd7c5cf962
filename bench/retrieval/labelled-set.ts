import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseJudgments, type Judgments } from "../../core/rag/search/evaluate.ts";

/** A corpus with questions and what is right for them. */
export interface LabelledSet {
  readonly documents: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  readonly judgments: Judgments;
}

const repository = resolve(import.meta.dirname, "../..");

/** Where the labelled sets lie, or null where they are not at hand. */
export function labelledSetsFolder(): string | null {
  const folder = join(process.env["QWILL_SHARED"] ?? resolve(repository, "../shared"), "data/retrieval");
  return existsSync(folder) ? folder : null;
}

function lines<Row>(text: string): Row[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Row);
}

/** Reads `xquad-<corpus>` with the questions of `xquad-<questions>`: ids are the same in every language. */
export function readLabelledSet(folder: string, corpus: string, questions = corpus): LabelledSet {
  const file = (language: string, name: string) => readFileSync(join(folder, `xquad-${language}`, name));
  return {
    documents: lines(gunzipSync(file(corpus, "corpus.jsonl.gz")).toString("utf8")),
    questions: lines(file(questions, "queries.jsonl").toString("utf8")),
    judgments: parseJudgments(file(corpus, "qrels.tsv").toString("utf8")),
  };
}
