import { expect, test } from "vitest";
import type { SearchHit } from "../../contract/search.ts";
import type { Retriever } from "./retriever.ts";
import { searchDocuments } from "./search-documents.ts";

const signal = new AbortController().signal;

/** A library whose passages are these documents', best first. */
function retrieverOf(names: readonly string[], asked: number[] = []): Retriever {
  return {
    search: async ({ k, mode }) => {
      asked.push(k);
      const hits = names.slice(0, k).map((name, at): SearchHit => ({
        rank: at + 1,
        score: 1 - at / names.length,
        vectorScore: null,
        wordScore: null,
        passageIds: [at + 1],
        documentId: 1,
        collectionId: 1,
        key: name,
        title: "",
        path: "",
        place: {},
        start: 0,
        end: 0,
        text: "",
        matches: [],
        copies: [],
      }));
      return { hits, mode, notices: [], milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 } };
    },
  };
}

const find = (retriever: Retriever, k: number) =>
  searchDocuments(
    retriever,
    { question: "?", k, mode: "words", collections: [] },
    (hit) => hit.key ?? "",
    signal,
  );

test("k documents come even when one of them fills the first passages", async () => {
  const names = [...Array.from({ length: 500 }, () => "long"), "b", "c", "d"];
  const found = await find(retrieverOf(names), 3);
  expect(found.map(({ name }) => name)).toEqual(["long", "b", "c"]);
  expect(found[0]!.score).toBe(1);
  expect(found[1]!.score).toBeLessThan(1);
});

test("a library with fewer documents is not searched for ever", async () => {
  const asked: number[] = [];
  expect(await find(retrieverOf(["a", "b", "a"], asked), 10)).toHaveLength(2);
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(await find(retrieverOf([]), 10)).toEqual([]);
});

test("a text that stands in several documents ranks them all", async () => {
  const retriever = retrieverOf(["a", "b", "c"]);
  const collapsed: Retriever = {
    search: async (request, ended) => {
      const result = await retriever.search(request, ended);
      const [first, second, third] = result.hits;
      return { ...result, hits: first && second && third ? [{ ...first, copies: [third] }, second] : [] };
    },
  };
  expect((await find(collapsed, 3)).map(({ name }) => name)).toEqual(["a", "c", "b"]);
});
