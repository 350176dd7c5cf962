import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VectorRow, VectorStore } from "../vector-store.ts";
import { makeMemoryVectorStore } from "./memory-vector-store.ts";
import { makeSentenceVectors } from "./sentence-vectors.ts";

/** What a store under test offers: an empty one, and the same data opened anew where it lasts. */
export interface VectorStoreRig {
  open(options: { fingerprint: string; dimension: number }): Promise<VectorStore>;
  /** Closes and opens again, from what is stored; absent for a store that forgets. */
  reopen?(store: VectorStore): Promise<VectorStore>;
  dispose(): Promise<void>;
}

const never = new AbortController().signal;
const all = {};

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
  store: VectorStore,
  truth: VectorStore,
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

/** The promises of VectorStore; every store and every fake passes them. */
export function vectorStoreContract(name: string, makeRig: () => Promise<VectorStoreRig>): void {
  describe(`vector store: ${name}`, () => {
    let rig: VectorStoreRig;
    let store: VectorStore;
    beforeEach(async () => {
      rig = await makeRig();
      store = await rig.open({ fingerprint: "small", dimension: 8 });
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

    test("a search inside a scope finds what the scope holds, however little that is", async () => {
      const source = makeSentenceVectors({ seed: 5, dimension: 8, topics: 50 });
      await store.add(rowsOf(source, 1, 3_000));
      const query = source.query();
      const allows = (documentId: number): boolean => documentId % 150 === 7;
      const hits = await store.search(query, 100, { allows }, never);
      expect(hits).toHaveLength(20);
      expect(hits.every((hit) => allows(hit.documentId))).toBe(true);
      expect(await store.search(query, 5, { allows: () => false }, never)).toEqual([]);
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
      const big = await rig.open({ fingerprint: "sentences", dimension: 384 });
      const truth = makeMemoryVectorStore({ fingerprint: "truth", dimension: 384 });
      const source = makeSentenceVectors({ seed: 8, dimension: 384, topics: 300 });
      const both = async (change: (target: VectorStore) => Promise<void>): Promise<void> => {
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
        const again = await rig.reopen(big);
        expect(await again.count()).toBe(await truth.count());
        const after = await Promise.all(queries.map((query) => again.search(query, 10, all, never)));
        expect(after).toEqual(before);
      }
    });

    test("two models' vectors do not mix", async () => {
      const other = await rig.open({ fingerprint: "other", dimension: 4 });
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
  });
}
