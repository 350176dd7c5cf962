import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SearchIndex, VectorIndex, VectorRow } from "../search-index.ts";
import { makeMemorySearchIndex, type PublishedPassage } from "./memory-search-index.ts";
import { makeSentenceVectors } from "./sentence-vectors.ts";

/** What an index under test offers: an empty one, and the same data opened anew where it lasts. */
export interface SearchIndexRig {
  index(): SearchIndex;
  /** Puts passages with their words into the index; their vectors are not there yet. */
  publish(passages: readonly PublishedPassage[]): Promise<void>;
  /** Takes passages away and leaves their vectors, as a kill between two transactions does. */
  withdraw(passageIds: readonly number[]): Promise<void>;
  /** Closes and opens again, from what is stored; absent for an index that forgets. */
  reopen?(): Promise<void>;
  dispose(): Promise<void>;
}

const never = new AbortController().signal;
const all = { collections: [] };

function axis(dimension: number, ...parts: number[]): Float32Array {
  const vector = new Float32Array(dimension);
  parts.forEach((part, index) => (vector[index] = part));
  return vector;
}

function rowsOf(
  source: { next(): Float32Array },
  first: number,
  count: number,
  perDocument = 10,
): VectorRow[] {
  return Array.from({ length: count }, (_, i) => ({
    passageId: first + i,
    documentId: Math.floor((first + i) / perDocument) + 1,
    vector: source.next(),
  }));
}

/** How many of the true ten were found, over all queries. */
export async function recallAtTen(
  store: VectorIndex,
  truth: VectorIndex,
  queries: readonly Float32Array[],
): Promise<number> {
  let found = 0;
  let wanted = 0;
  for (const query of queries) {
    const right = new Set((await truth.search(query, 10, all, never)).map((hit) => hit.passageId));
    const hits = await store.search(query, 10, all, never);
    found += hits.filter((hit) => right.has(hit.passageId)).length;
    wanted += right.size;
  }
  return found / wanted;
}

/** A passage of two documents a collection, with these words. */
function passage(id: number, terms: string, changes: Partial<PublishedPassage> = {}): PublishedPassage {
  const hash = id.toString(16).padStart(32, "0");
  return { id, documentId: id, collectionId: 1, hash, head: "", terms, ...changes };
}

/** The promises of SearchIndex and VectorIndex; every index and every fake passes them. */
export function searchIndexContract(name: string, makeRig: () => Promise<SearchIndexRig>): void {
  describe(`search index: ${name}`, () => {
    let rig: SearchIndexRig;
    let store: VectorIndex;
    beforeEach(async () => {
      rig = await makeRig();
      store = await rig.index().openVectors("small", 8);
    });
    afterEach(async () => rig.dispose());

    const ids = async (query: Float32Array, k = 10): Promise<number[]> =>
      (await store.search(query, k, all, never)).map((hit) => hit.passageId);

    test("an empty store finds nothing", async () => {
      expect(await store.count()).toBe(0);
      expect(await ids(axis(8, 1))).toEqual([]);
      expect((await store.scores(axis(8, 1), [1])).size).toBe(0);
    });

    test("finds the nearest first, with cosines and documents", async () => {
      await store.add([
        { passageId: 1, documentId: 5, vector: axis(8, 0, 1) },
        { passageId: 2, documentId: 6, vector: axis(8, 1) },
        { passageId: 3, documentId: 6, vector: axis(8, 0.8, 0.6) },
      ]);
      const hits = await store.search(axis(8, 1), 2, all, never);
      expect(hits.map((hit) => [hit.passageId, hit.documentId])).toEqual([
        [2, 6],
        [3, 6],
      ]);
      expect(hits[0]!.score).toBeCloseTo(1, 2);
      expect(hits[1]!.score).toBeCloseTo(0.8, 2);
    });

    test("equal scores come by passage id, in whatever order they were added", async () => {
      const vector = axis(8, 0.6, 0, 0.8);
      for (const passageId of [9, 4, 7]) await store.add([{ passageId, documentId: 1, vector }]);
      expect(await ids(vector)).toEqual([4, 7, 9]);
      expect(await ids(vector, 2)).toEqual([4, 7]);
    });

    test("a query of any length and negative cosines keep their order", async () => {
      await store.add([
        { passageId: 1, documentId: 1, vector: axis(8, -1) },
        { passageId: 2, documentId: 1, vector: axis(8, -0.6, 0.8) },
      ]);
      const hits = await store.search(axis(8, 40), 5, all, never);
      expect(hits.map((hit) => hit.passageId)).toEqual([2, 1]);
      expect(hits[1]!.score).toBeCloseTo(-1, 2);
    });

    test("the same passage again replaces its vector and its document", async () => {
      await store.add([
        { passageId: 1, documentId: 1, vector: axis(8, 1) },
        { passageId: 2, documentId: 1, vector: axis(8, 0, 0, 1) },
      ]);
      await store.add([{ passageId: 1, documentId: 9, vector: axis(8, 0, 1) }]);
      expect(await store.count()).toBe(2);
      expect((await store.scores(axis(8, 1), [1])).get(1)).toBeCloseTo(0, 2);
      expect((await store.search(axis(8, 0, 1), 1, all, never))[0]).toMatchObject({
        passageId: 1,
        documentId: 9,
      });
      await store.removeDocuments([1]);
      expect(await ids(axis(8, 1))).toEqual([1]);
    });

    test("the last of two rows for one passage in one call counts", async () => {
      await store.add([
        { passageId: 1, documentId: 1, vector: axis(8, 1) },
        { passageId: 1, documentId: 2, vector: axis(8, 0, 1) },
      ]);
      expect(await store.count()).toBe(1);
      expect((await store.search(axis(8, 0, 1), 3, all, never)).map((hit) => hit.documentId)).toEqual([2]);
    });

    test("removes passages and documents, and what is unknown is no error", async () => {
      const source = makeSentenceVectors({ seed: 4, dimension: 8, topics: 20 });
      await store.add(rowsOf(source, 1, 40));
      await store.removePassages([3, 3, 4, 999]);
      expect(await store.count()).toBe(38);
      await store.removeDocuments([2, 77]);
      expect(await store.count()).toBe(28);
      const left = await ids(source.query(), 100);
      expect(left).toHaveLength(28);
      expect(left.filter((id) => id === 3 || id === 4 || (id >= 10 && id < 20))).toEqual([]);
    });

    test("takes all rows or none: a wrong dimension or a number that is none changes nothing", async () => {
      await store.add([{ passageId: 1, documentId: 1, vector: axis(8, 1) }]);
      const good = { passageId: 2, documentId: 1, vector: axis(8, 0, 1) };
      for (const vector of [axis(7, 1), axis(8, Number.NaN), axis(8, Number.POSITIVE_INFINITY)]) {
        await expect(store.add([good, { passageId: 3, documentId: 1, vector }])).rejects.toThrow("vector");
        await expect(store.search(vector, 1, all, never)).rejects.toThrow("vector");
        await expect(store.scores(vector, [1])).rejects.toThrow("vector");
      }
      await expect(store.add([good, { passageId: 0, documentId: 1, vector: good.vector }])).rejects.toThrow(
        "vector",
      );
      expect(await store.count()).toBe(1);
      expect(await ids(axis(8, 0, 1))).toEqual([1]);
    });

    test("a search in some collections finds all they hold, however little that is, and nothing else", async () => {
      const source = makeSentenceVectors({ seed: 5, dimension: 8, topics: 50 });
      const rows = rowsOf(source, 1, 3_000);
      const collectionOf = (documentId: number): number => (documentId % 150 === 7 ? 2 : 1);
      await rig.publish(
        rows.map(({ passageId, documentId }) =>
          passage(passageId, "word", { documentId, collectionId: collectionOf(documentId) }),
        ),
      );
      await store.add(rows);
      const query = source.query();
      const hits = await store.search(query, 100, { collections: [2] }, never);
      expect(hits).toHaveLength(20);
      expect(hits.every((hit) => collectionOf(hit.documentId) === 2)).toBe(true);
      expect(await store.search(query, 5, { collections: [3] }, never)).toEqual([]);
      expect(await store.search(query, 100, { collections: [2, 3] }, never)).toEqual(hits);
    });

    test("an aborted search throws, a store of nothing included", async () => {
      await expect(store.search(axis(8, 1), 1, all, AbortSignal.abort())).rejects.toThrow("abort");
    });

    test("scores are those of the search, exact for every passage asked", async () => {
      const source = makeSentenceVectors({ seed: 6, dimension: 8, topics: 50 });
      await store.add(rowsOf(source, 1, 200));
      const query = source.query();
      const hits = await store.search(query, 200, all, never);
      const scores = await store.scores(query, [...hits.map((hit) => hit.passageId), 5_000]);
      expect(scores.size).toBe(200);
      for (const hit of hits) expect(scores.get(hit.passageId)).toBe(hit.score);
    });

    test("finds every one when asked for more than there are", async () => {
      const source = makeSentenceVectors({ seed: 7, dimension: 8, topics: 50 });
      await store.add(rowsOf(source, 1, 1_500));
      expect(new Set(await ids(source.query(), 5_000)).size).toBe(1_500);
      expect(await ids(source.query(), 0)).toEqual([]);
    });

    test("agrees with looking at every vector, through additions, replacements and removals", async () => {
      const big = await rig.index().openVectors("sentences", 384);
      const truth = await makeMemorySearchIndex().openVectors("truth", 384);
      const source = makeSentenceVectors({ seed: 8, dimension: 384, topics: 300 });
      const both = async (change: (target: VectorIndex) => Promise<void>): Promise<void> => {
        await change(big);
        await change(truth);
      };
      const rows = rowsOf(source, 1, 10_000);
      for (let start = 0; start < rows.length; start += 1_750) {
        const part = rows.slice(start, start + 1_750);
        await both(async (target) => target.add(part));
      }
      const queries = Array.from({ length: 40 }, () => source.query());
      expect(await recallAtTen(big, truth, queries)).toBeGreaterThanOrEqual(0.985);

      const replaced = rowsOf(source, 2_000, 1_500);
      await both(async (target) => target.add(replaced));
      const gone = Array.from({ length: 450 }, (_, i) => i * 2 + 1);
      await both(async (target) => target.removeDocuments(gone));
      await both(async (target) => target.removePassages([1, 2, 3, 4_000, 4_001]));
      expect(await big.count()).toBe(await truth.count());
      expect(await recallAtTen(big, truth, queries)).toBeGreaterThanOrEqual(0.985);

      if (rig.reopen) {
        const before = await Promise.all(queries.map((query) => big.search(query, 10, all, never)));
        await big.close();
        await rig.reopen();
        const again = await rig.index().openVectors("sentences", 384);
        expect(await again.count()).toBe(await truth.count());
        const after = await Promise.all(queries.map((query) => again.search(query, 10, all, never)));
        expect(after).toEqual(before);
      }
    });

    test("two models' vectors do not mix", async () => {
      const other = await rig.index().openVectors("other", 4);
      await store.add([{ passageId: 1, documentId: 1, vector: axis(8, 1) }]);
      await other.add([
        { passageId: 1, documentId: 1, vector: axis(4, 0, 1) },
        { passageId: 2, documentId: 1, vector: axis(4, 1) },
      ]);
      await other.removePassages([1]);
      expect(await store.count()).toBe(1);
      expect(await other.count()).toBe(1);
      expect(await ids(axis(8, 1))).toEqual([1]);
    });

    test("a place opened in another dimension than its vectors have is refused", async () => {
      await expect(rig.index().openVectors("small", 9)).rejects.toThrow("8 dimensions");
    });

    test("one that is closed finds nothing and takes nothing, and what it held is there when opened again", async () => {
      const row = { passageId: 1, documentId: 1, vector: axis(8, 1) };
      await store.add([row]);
      await store.close();
      expect(await ids(axis(8, 1))).toEqual([]);
      expect((await store.scores(axis(8, 1), [1])).size).toBe(0);
      await expect(store.add([{ ...row, passageId: 2 }])).rejects.toThrow("closed");
      await store.removePassages([1]);
      store = await rig.index().openVectors("small", 8);
      expect(await ids(axis(8, 1))).toEqual([1]);
    });

    test("a hundred and forty thousand passages of one document are removed, and the others stay", async () => {
      const vector = axis(8, 1);
      const count = 140_000;
      for (let first = 1; first <= count; first += 10_000)
        await store.add(
          Array.from({ length: 10_000 }, (_, at) => ({ passageId: first + at, documentId: 1, vector })),
        );
      await store.add([{ passageId: count + 1, documentId: 2, vector }]);
      await store.removePassages(Array.from({ length: 70_000 }, (_, at) => at + 1));
      expect(await store.count()).toBe(70_001);
      await store.removeDocuments([1]);
      expect(await ids(vector)).toEqual([count + 1]);
    }, 60_000);

    test("words find what holds one of them, the best first, title and headings included", async () => {
      await rig.publish([
        passage(1, "heron stands in reeds"),
        passage(2, "heron heron heron in flight"),
        passage(3, "otter swims"),
        passage(4, "swims", { head: "heron" }),
        passage(5, "kite"),
        passage(6, "gull"),
        passage(7, "tern"),
        passage(8, "swan"),
        passage(9, "duck"),
      ]);
      const search = async (terms: string[], limit = 10): Promise<number[]> =>
        (await rig.index().searchWords({ terms, limit, collections: [] }, never)).map((hit) => hit.passageId);
      expect(await search(["heron"])).toEqual([2, 4, 1]);
      expect(await search(["heron"], 1)).toEqual([2]);
      expect(new Set(await search(["heron", "otter"]))).toEqual(new Set([1, 2, 3, 4]));
      expect(await search(["nowhere"])).toEqual([]);
      expect(await search([])).toEqual([]);
      expect(await rig.index().frequencies(["heron", "swims", "nowhere"])).toEqual(
        new Map([
          ["heron", 3],
          ["swims", 2],
        ]),
      );
      expect(await rig.index().countPassages()).toBe(9);
    });

    test("BM25 is the same number in every index, and that of passages asked for comes after the best", async () => {
      await rig.publish([
        ...Array.from({ length: 30 }, (_, at) => passage(at + 1, `word${at} tide moor ledger`)),
        passage(31, "heron tide", { head: "heron" }),
        passage(32, "heron moor moor moor tide tide"),
        passage(33, "heron"),
      ]);
      const query = { terms: ["heron", "tide"], limit: 1, collections: [], also: [33, 5, 31], headWeight: 2 };
      const hits = await rig.index().searchWords(query, never);
      expect(hits.map((hit) => hit.passageId)).toEqual([31, 33, 5]);
      // tide stands in 32 of 33 passages: the smallest weight there is.
      const idf = Math.log((33 - 3 + 0.5) / (3 + 0.5));
      const average = (30 * 4 + 3 + 6 + 1) / 33;
      const score = (frequency: number, length: number): number =>
        (frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * length) / average));
      expect(hits[0]?.bm25).toBeCloseTo(idf * score(3, 3) + 1e-6 * score(1, 3), 5);
      expect(hits[1]?.bm25).toBeCloseTo(idf * score(1, 1), 5);
    });

    test("words stay within the collections asked for", async () => {
      await rig.publish([passage(1, "heron"), passage(2, "heron", { collectionId: 2 }), passage(3, "otter")]);
      const query = { terms: ["heron"], limit: 5, also: [1, 2] };
      const hits = await rig.index().searchWords({ ...query, collections: [2] }, never);
      expect(hits.map((hit) => [hit.passageId, hit.documentId])).toEqual([[2, 2]]);
      expect(await rig.index().searchWords({ ...query, collections: [9] }, never)).toEqual([]);
    });

    test("a sample holds passages that are there, from first to last, each once", async () => {
      expect(await rig.index().samplePassages(4)).toEqual([]);
      await rig.publish(Array.from({ length: 100 }, (_, at) => passage(at * 3 + 1, "word")));
      const sample = await rig.index().samplePassages(10);
      expect(sample).toHaveLength(10);
      expect(sample[0]).toBe(1);
      expect(sample.every((id) => id % 3 === 1 && id <= 298)).toBe(true);
      expect(new Set(await rig.index().samplePassages(500)).size).toBeLessThanOrEqual(100);
    });

    test("tells which passages lack a vector, and how many do", async () => {
      await rig.publish([passage(1, "a"), passage(2, "b"), passage(3, "c")]);
      expect(await store.countMissing()).toBe(3);
      await store.add([{ passageId: 2, documentId: 2, vector: axis(8, 1) }]);
      expect(await store.countMissing()).toBe(2);
      expect(await store.present([1, 2, 3, 77])).toEqual(new Set([2]));
      expect(await store.present([])).toEqual(new Set());
      const other = await rig.index().openVectors("other", 8);
      expect(await other.countMissing()).toBe(3);
    });

    test("a text that stands elsewhere lends its vector, of the same model only", async () => {
      const hash = "ab".repeat(16);
      await rig.publish([passage(1, "a", { hash }), passage(2, "a", { hash }), passage(3, "b")]);
      expect((await store.byHash([hash])).size).toBe(0);
      await store.add([{ passageId: 1, documentId: 1, vector: axis(8, 0, 5) }]);
      const found = await store.byHash([hash, "cd".repeat(16), hash]);
      expect([...found.keys()]).toEqual([hash]);
      expect([...(found.get(hash) ?? [])]).toEqual([...axis(8, 0, 1)]);
      expect((await (await rig.index().openVectors("other", 8)).byHash([hash])).size).toBe(0);
    });

    test("vectors whose passage is gone are found and removed, and no others", async () => {
      const source = makeSentenceVectors({ seed: 11, dimension: 8, topics: 20 });
      const rows = rowsOf(source, 1, 12_000);
      await rig.publish(rows.map(({ passageId, documentId }) => passage(passageId, "a", { documentId })));
      await store.add(rows);
      const other = await rig.index().openVectors("other", 8);
      await other.add(rows.slice(0, 10));
      expect(await store.removeOrphans(never)).toBe(0);
      await rig.withdraw([1, 4_999, 5_000, 5_001, 12_000]);
      expect(await store.removeOrphans(never)).toBe(5);
      expect(await store.count()).toBe(11_995);
      expect(await store.countMissing()).toBe(0);
      expect(await other.count()).toBe(10);
    });

    test("a model that is dropped leaves nothing, and the others keep all", async () => {
      await store.add([{ passageId: 1, documentId: 1, vector: axis(8, 1) }]);
      const other = await rig.index().openVectors("other", 8);
      const source = makeSentenceVectors({ seed: 12, dimension: 8, topics: 20 });
      await other.add(rowsOf(source, 1, 2_500));
      expect(new Set(await rig.index().fingerprints())).toEqual(new Set(["small", "other"]));
      await other.close();
      await rig.index().dropVectors("other", never);
      await rig.index().dropVectors("never there", never);
      expect(await rig.index().fingerprints()).toEqual(["small"]);
      expect(await store.count()).toBe(1);
      expect(await ids(axis(8, 1))).toEqual([1]);
      expect(await (await rig.index().openVectors("other", 16)).count()).toBe(0);
    });
  });
}
