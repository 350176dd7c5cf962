import { resolve } from "node:path";
import type { SearchResult } from "../core/contract/search.ts";
import { embeddingCatalogue } from "../core/models/embedding-catalogue.ts";
import { openEmbedder } from "../core/rag/embedding/transformers-embedder.ts";
import { makeHybridRetriever } from "../core/rag/search/hybrid-retriever.ts";
import { textWords } from "../core/rag/search/words/text-words.ts";
import { isAboutQuestion } from "../core/suggest/answers-question.ts";
import { splitByArticle, type SplitQuestion } from "./retrieval/answerable-split.ts";
import { labelledSetsFolder, readLabelledSet } from "./retrieval/labelled-set.ts";
import { raiseCosines } from "./retrieval/raised-embedder.ts";
import { makeBenchLibrary } from "./retrieval/search-library.ts";

// node bench/nothing-found.ts [en de zh]   Half the articles are the library, the others give questions without an answer.
const folder = labelledSetsFolder();
if (!folder)
  throw new Error(
    "The labelled sets are not at hand: set QWILL_SHARED to the folder that holds data/retrieval.",
  );
const languages = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["en", "de", "zh"];
const row = embeddingCatalogue[0]!;
const model = await openEmbedder({
  row,
  folder: resolve(import.meta.dirname, "../.cache/models", row.id),
  threads: 0,
});
const signal = new AbortController().signal;
/** As many passages as a suggestion is given. */
const k = 6;

/** Ids of the documents that a suggestion would be given. */
function sourcesOf({ hits, notices }: SearchResult, question: string): string[] {
  const asked = {
    terms: textWords.questionTerms(question).length,
    byWords: notices.includes("language-by-words"),
  };
  return hits.filter((hit) => isAboutQuestion(hit, asked)).map((hit) => hit.key ?? "");
}

const share = (values: readonly boolean[]): string =>
  (values.filter(Boolean).length / Math.max(1, values.length)).toFixed(3);

console.log("| set | search | half | no answer, told so | answerable, refused | the right passage given |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const language of languages) {
  const split = splitByArticle(readLabelledSet(folder, language));
  const searches = [
    ["model", model],
    ["model, background raised to .75", raiseCosines(model, 0.75)],
    ["words alone", null],
  ] as const;
  for (const [name, embedder] of searches) {
    const library = await makeBenchLibrary(split.documents, embedder ?? model, (texts) =>
      (embedder ?? model).embedDocuments(texts, signal),
    );
    const retriever = makeHybridRetriever({
      index: library.index,
      db: library.db,
      model: embedder && { embedder, vectors: library.vectors },
    });
    const given = async ({ text }: SplitQuestion): Promise<string[]> => {
      const result = await retriever.search({ question: text, k, mode: "hybrid", collections: [] }, signal);
      return sourcesOf(result, text);
    };
    for (const [half, { answerable, unanswerable }] of Object.entries(split.halves)) {
      const told: boolean[] = [];
      const refused: boolean[] = [];
      const right: boolean[] = [];
      for (const question of unanswerable) told.push((await given(question)).length === 0);
      for (const question of answerable) {
        const sources = await given(question);
        refused.push(sources.length === 0);
        right.push(sources.some((id) => question.right.has(id)));
      }
      console.log(`| ${[language, name, half, share(told), share(refused), share(right)].join(" | ")} |`);
    }
    await library.close();
  }
}
await model.close();
