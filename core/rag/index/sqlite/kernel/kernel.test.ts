import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { makeRandom, makeSentenceVectors } from "../../testing/sentence-vectors.ts";
import { toUnit } from "../../check-vectors.ts";
import { toInt8 } from "../../int8.ts";
import { cosineInt8 } from "../../testing/cosine-int8.ts";
import { CodePage, makePageLayout } from "../code-page.ts";
import { makeEncoder } from "../encoder.ts";
import { MemoryIndex } from "../memory-index.ts";
import { makeQuestion } from "../question.ts";
import { makeRotation } from "../rotation.ts";
import type { KernelKind } from "./kernel-interface.ts";
import { renderKernelCode } from "./testing/assemble-kernel.ts";

test("the committed code is what scan.wat assembles to", async () => {
  const committed = await readFile(new URL("scan-code.ts", import.meta.url), "utf8");
  expect(committed).toBe(await renderKernelCode());
});

function fill(kind: KernelKind, dimension: number, count: number): { index: MemoryIndex; rows: Int8Array[] } {
  const source = makeSentenceVectors({ seed: 3, dimension, topics: 50 });
  const rotation = makeRotation(dimension);
  const layout = makePageLayout(rotation.width);
  const encoder = makeEncoder(
    source.next().map((value) => value * 0.3),
    rotation,
  );
  const index = new MemoryIndex(layout, kind);
  const rows: Int8Array[] = [];
  for (let number = 1; rows.length < count; number++) {
    const page = new CodePage(layout, number);
    while (page.used < 1_024 && rows.length < count) {
      const vector = toInt8(source.next());
      page.append(rows.length + 1, 1 + (rows.length >> 3), encoder.encode(vector));
      rows.push(vector);
    }
    for (let slot = 0; slot < page.used; slot += 5) page.clear(slot);
    index.put(page);
  }
  return { index, rows };
}

describe.each([8, 100, 384, 1_024])("with %i dimensions", (dimension) => {
  const source = makeSentenceVectors({ seed: 3, dimension, topics: 50 });
  const center = source.next().map((value) => value * 0.3);
  const rotation = makeRotation(dimension);
  const query = toUnit(source.query());
  const question = makeQuestion(query, center, rotation);

  test("every kernel finds the same candidates with the same estimates, and no gaps", () => {
    const found = (["relaxed", "plain", "script"] as const).map((kind) => {
      const { index } = fill(kind, dimension, 1_100);
      return index.candidates(question, 2_000).slice(0, 2_000);
    });
    expect(found[1]).toHaveLength(879);
    expect(found[2]).toEqual(found[1]);
    expect(found[0]).toEqual(found[1]);
  });

  test("estimates are as near to the cosine as one bit allows", () => {
    const { index, rows } = fill("plain", dimension, 1_100);
    let sum = 0;
    const candidates = index.candidates(question, 2_000).slice(0, 2_000);
    for (const { passageId, estimate } of candidates) {
      const error = question.constant + estimate * question.unit - cosineInt8(query, rows[passageId - 1]!);
      sum += error * error;
    }
    expect(Math.sqrt(sum / candidates.length)).toBeLessThan((1.3 * question.distance) / Math.sqrt(dimension));
  });

  test("cosines are those of the plain loop", () => {
    const vector = toInt8(source.next());
    for (const kind of ["relaxed", "plain", "script"] as const) {
      const index = new MemoryIndex(makePageLayout(rotation.width), kind);
      index.setQuery(query);
      expect(index.cosine(new Uint8Array(vector.buffer))).toBeCloseTo(cosineInt8(query, vector), 5);
      expect(index.cosine(new Uint8Array(dimension))).toBe(0);
    }
  });

  test("the rotation keeps lengths and angles", () => {
    const random = makeRandom(1);
    const [a, b] = [0, 1].map(() => {
      const values = new Float64Array(rotation.width);
      for (let i = 0; i < dimension; i++) values[i] = random() - 0.5;
      return values;
    }) as [Float64Array, Float64Array];
    const dot = (): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const before = dot();
    rotation.rotate(a);
    rotation.rotate(b);
    expect(dot()).toBeCloseTo(before, 3);
  });
});

test.each(["relaxed", "plain", "script"] as const)(
  "as many candidates as there are room for leave the codes as they were (%s)",
  (kind) => {
    const dimension = 32;
    const { index, rows } = fill(kind, dimension, 22_000);
    const rotation = makeRotation(dimension);
    const source = makeSentenceVectors({ seed: 3, dimension, topics: 50 });
    const center = source.next().map((value) => value * 0.3);
    const question = makeQuestion(toUnit(source.query()), center, rotation);
    const before = index.candidates(question, 100).slice(0, 100);
    const most = index.candidates(question, index.mostCandidates);
    expect(most).toHaveLength(index.mostCandidates);
    expect(most.slice(0, 100)).toEqual(before);
    const some = index.candidates(question, index.mostCandidates, (documentId) => documentId % 8 !== 0);
    expect(some).toHaveLength(index.mostCandidates);
    expect(index.candidates(question, 100).slice(0, 100)).toEqual(before);
    expect(rows).toHaveLength(22_000);
  },
);

test("estimates that are all the same are found in order of arrival, however many there are", () => {
  const dimension = 32;
  const rotation = makeRotation(dimension);
  const encoder = makeEncoder(new Float32Array(dimension), rotation);
  const vector = toInt8(toUnit(makeSentenceVectors({ seed: 1, dimension }).next()));
  const question = makeQuestion(toUnit(Float32Array.from(vector)), new Float32Array(dimension), rotation);
  for (const kind of ["relaxed", "plain", "script"] as const) {
    const index = new MemoryIndex(makePageLayout(rotation.width), kind);
    for (let number = 1; number <= 20; number++) {
      const page = new CodePage(index.layout, number);
      for (let id = number * 1_024; page.used < 1_024; id++) page.append(id, id, encoder.encode(vector));
      index.put(page);
    }
    const found = index.candidates(question, 50).slice(0, 50);
    expect(found.map(({ passageId }) => passageId)).toEqual(
      Array.from({ length: 50 }, (_, at) => 1_024 + at),
    );
  }
});
