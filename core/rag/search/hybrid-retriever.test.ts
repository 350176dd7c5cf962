import { describe, expect, test } from "vitest";
import { searchRequest, type SearchRequest } from "../../contract/search.ts";
import type { WriteDb } from "../../store/handle.ts";
import { replaceFileDocuments } from "../../store/replace-documents.ts";
import { openTestDatabase } from "../../store/testing/test-database.ts";
import { isAboutQuestion } from "../../suggest/answers-question.ts";
import { makeHybridRetriever } from "./hybrid-retriever.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import { makeSqliteSearchIndex } from "../index/sqlite/search-index.ts";
import { makeTemplateSet } from "./testing/template-documents.ts";
import { embeddedHash } from "../library/indexer-text.ts";
import { toTerms } from "./words/terms.ts";

interface TestDocument {
  readonly title: string;
  readonly passages: readonly string[];
}

/** Two collections, a file each; every document is its passages with a blank line between them. */
function fill(db: WriteDb, collections: readonly (readonly TestDocument[])[]): void {
  collections.forEach((documents, index) => {
    const id = index + 1;
    db.prepare("INSERT INTO collections (name, reach) VALUES (?, 'device')").run(`c${id}`);
    db.prepare(
      "INSERT INTO files (collection_id, path, name, bytes, modified_at, state) VALUES (?, ?, 'f', 1, 1, 'waiting')",
    ).run(id, `/f${id}.md`);
    replaceFileDocuments(
      db,
      id,
      {
        format: "md",
        bytes: 1,
        modifiedAt: 1,
        contentHash: "00",
        warnings: [],
        documents: documents.map(({ title, passages }, at) => {
          let start = 0;
          const placed = passages.map((text) => {
            const passage = {
              start,
              end: start + text.length,
              place: { page: 1 },
              terms: toTerms(text).join(" "),
              head: toTerms(title).join(" "),
              hash: embeddedHash(text),
            };
            start = passage.end + 2;
            return passage;
          });
          return { key: `d${at}`, title, text: passages.join("\n\n"), pages: 1, passages: placed };
        }),
      },
      1,
    );
  });
}

async function rig(
  collections: readonly (readonly TestDocument[])[],
  withVectors: "all" | "none" | "half" = "all",
) {
  const db = openTestDatabase();
  fill(db, collections);
  const embedder = fakeEmbedder({ languages: ["en"] });
  const index = makeSqliteSearchIndex(db);
  const vectors = await index.openVectors(embedder.fingerprint, embedder.dimension);
  const signal = new AbortController().signal;
  const rows = db
    .prepare<{ id: number; documentId: number; text: string }>(
      `SELECT p.id, p.document_id AS documentId, substr(t.text, p.start + 1, p."end" - p.start) AS text
       FROM passages p JOIN document_texts t ON t.document_id = p.document_id ORDER BY p.id`,
    )
    .all();
  const embedded =
    withVectors === "all" ? rows : withVectors === "half" ? rows.slice(0, rows.length >> 1) : [];
  const made = await embedder.embedDocuments(
    embedded.map((row) => row.text),
    signal,
  );
  await vectors.add(
    embedded.map((row, at) => ({ passageId: row.id, documentId: row.documentId, vector: made[at]! })),
  );
  const retriever = makeHybridRetriever({
    index,
    db,
    model: withVectors === "none" ? null : { embedder, vectors },
  });
  const search = (question: string, changes: Partial<SearchRequest> = {}) =>
    retriever.search({ ...searchRequest.parse({ question }), ...changes }, signal);
  return { db, retriever, search };
}

const lease: TestDocument = {
  title: "Lease",
  passages: [
    "The notice period is three months for both sides.",
    "The notice must be given in writing, else the notice period does not begin.",
    "Pets are allowed with consent.",
  ],
};
const recipes: TestDocument = {
  title: "Recipes",
  passages: ["Bake the bread for forty minutes.", "Stir the soup slowly until it thickens."],
};
const german: TestDocument = {
  title: "Vertrag",
  passages: ["Die Kündigungsfrist beträgt drei Monate zum Quartalsende."],
};

describe("the hybrid retriever", () => {
  test("finds by words before any vector is there, and says what is missing", async () => {
    const { search } = await rig([[lease, recipes]], "none");
    const result = await search("notice periods");
    expect(result.hits[0]?.title).toBe("Lease");
    expect(result.notices).toEqual(["no-embedding-model"]);
    const half = await rig([[lease, recipes]], "half");
    const partly = await half.search("thickened soup");
    expect(partly.hits[0]?.text).toContain("soup");
    expect(partly.notices).toContain("vectors-missing");
  });

  test("finds the answer in a library that holds nothing else, and nothing where there is none", async () => {
    const alone: TestDocument = { title: "Lease", passages: ["The notice period is thirty days."] };
    for (const collections of [[[alone]], [[alone, recipes]]]) {
      const { search } = await rig(collections);
      const isAbout = async (question: string) =>
        (await search(question)).hits.filter((hit) => isAboutQuestion(hit, { terms: 2, byWords: false }));
      expect((await isAbout("How long is the notice period?")).map(({ title }) => title)).toEqual(["Lease"]);
      expect(await isAbout("Who won the football cup?")).toEqual([]);
    }
  });

  test("merges neighbouring passages: the text is the document's own from start to end", async () => {
    const { search } = await rig([[lease, recipes]]);
    const [hit] = (await search("notice period")).hits;
    expect(hit?.passageIds).toHaveLength(2);
    expect(hit?.text).toBe(lease.passages.slice(0, 2).join("\n\n"));
    expect(hit?.start).toBe(0);
    expect(hit?.matches.map(({ start, end }) => hit.text.slice(start, end))).toContain("notice");
  });

  test("a text that stands in many documents is one hit, and every place of it is reached from there", async () => {
    const copies = Array.from({ length: 120 }, (_, at) => ({ ...recipes, title: `Copy ${at}` }));
    const { search } = await rig([[lease, ...copies], [recipes]]);
    for (const mode of ["hybrid", "vectors", "words"] as const) {
      const { hits } = await search("bake bread for forty minutes", { mode, k: 3 });
      const [hit, ...others] = hits.filter(({ text }) => text.includes("Bake the bread"));
      expect(others).toEqual([]);
      expect(hit?.copies).toHaveLength(120);
      expect(new Set(hit?.copies.map(({ documentId }) => documentId)).size).toBe(120);
    }
    const [hit] = (await search("bake bread", { collections: [2] })).hits;
    expect(hit?.copies).toEqual([]);
  });

  test("copies with another layout and those of a merged neighbour are of the same hit", async () => {
    const scan = { title: "Scan", passages: lease.passages.map((text) => text.replaceAll(" ", "\n")) };
    const { search } = await rig([[lease, scan]]);
    const { hits } = await search("notice period");
    const [first] = hits.filter(({ text }) => text.startsWith("The"));
    expect(first?.copies).toMatchObject([{ title: first?.title === "Scan" ? "Lease" : "Scan", start: 0 }]);
    expect(first?.copies[0]?.passageIds).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("a search for k gives k texts where there are so many, whatever stands a hundred times", async () => {
    const footers = Array.from({ length: 150 }, (_, at) => ({
      title: `Letter ${at}`,
      passages: ["Notice: this letter is confidential and the notice must not be passed on."],
    }));
    const { search } = await rig([[lease, recipes, ...footers]]);
    for (const mode of ["hybrid", "vectors"] as const) {
      const { hits } = await search("confidential notice of a letter", { k: 4, mode });
      expect(new Set(hits.map(({ text }) => text)).size).toBe(4);
    }
  });

  test("agreements alike but for the party, the number or a not are all found", async () => {
    const set = makeTemplateSet(10);
    const documents = set.documents.map(({ id, paragraphs }) => ({ title: id, passages: paragraphs }));
    const { search } = await rig([documents]);
    for (const question of set.questions) {
      const relevant = [...(set.judgments.get(question.id)?.keys() ?? [])];
      const { hits } = await search(question.text, { k: 60, mode: "words" });
      const found = new Set(hits.flatMap((hit) => [hit, ...hit.copies]).map(({ title }) => title));
      expect(relevant.filter((title) => !found.has(title))).toEqual([]);
    }
  });

  test("stays within the collections asked for, in every mode", async () => {
    const { search } = await rig([[lease], [recipes]]);
    for (const mode of ["hybrid", "vectors", "words"] as const) {
      const { hits } = await search("notice period bread", { mode, collections: [2] });
      expect(hits.length).toBeGreaterThan(0);
      expect(hits.every((hit) => hit.collectionId === 2)).toBe(true);
    }
  });

  test("lets the words carry a question in a language the model does not know", async () => {
    const { search } = await rig([[lease, recipes, german]]);
    const result = await search("Wie lang ist die Kündigungsfrist?");
    expect(result.hits[0]?.title).toBe("Vertrag");
  });

  test("ranks from 1, scores within 0 to 1 and descending, for any k", async () => {
    const { search } = await rig([[lease, recipes, german]]);
    for (const k of [1, 3, 1000]) {
      const { hits } = await search("notice bread soup", { k });
      expect(hits.length).toBeLessThanOrEqual(k);
      expect(hits.map((hit) => hit.rank)).toEqual(hits.map((_, at) => at + 1));
      expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((a, b) => b - a));
      expect(hits.every((hit) => hit.score >= 0 && hit.score <= 1)).toBe(true);
    }
  });

  test("answers an empty library, a question of signs only, and a cancel", async () => {
    const { search, retriever } = await rig([]);
    expect((await search("anything")).hits).toEqual([]);
    expect((await search("???")).hits).toEqual([]);
    await expect(
      retriever.search(searchRequest.parse({ question: "x" }), AbortSignal.abort()),
    ).rejects.toThrow("aborted");
  });
});
