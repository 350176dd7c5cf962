import { inTransaction, type WriteDb } from "../../../store/handle.ts";
import { addToLive, readLive, writeCenter } from "../../../store/vector-models.ts";
import { eachVector } from "../../../store/vector-rows.ts";
import { deletePages } from "../../../store/vector-segments.ts";
import { toSigned } from "../int8.ts";
import { CodePage, pageSlots, type PageLayout } from "./code-page.ts";
import { makeEncoder } from "./encoder.ts";
import type { Rotation } from "./rotation.ts";
import { writeSegment } from "./segments.ts";

/** Sizes at which the centre is worth making (again): the first thousand rarely speak for all. */
const centerSizes = [1_024, 16_384];

/** True when the vectors have outgrown the centre they are coded around. */
export function wantsCenter(count: number, centeredOf: number): boolean {
  return centerSizes.some((size) => centeredOf < size && count >= size);
}

/** The mean of a model's unit vectors; zero where there are none. */
function meanVector(db: WriteDb, modelId: number, dimension: number): { center: Float32Array; of: number } {
  const sum = new Float64Array(dimension);
  let of = 0;
  for (const { vector } of eachVector(db, modelId)) {
    const numbers = toSigned(vector);
    let square = 0;
    for (const value of numbers) square += value * value;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < dimension; i++) sum[i] = sum[i]! + numbers[i]! * scale;
    of++;
  }
  return { center: Float32Array.from(sum, (value) => value / Math.max(1, of)), of };
}

export interface RebuiltCodes {
  readonly center: Float32Array;
  readonly of: number;
  readonly pages: CodePage[];
}

/** Makes all codes of a model anew from its vectors, around their mean, in one transaction. */
export function rebuildCodes(
  db: WriteDb,
  modelId: number,
  dimension: number,
  layout: PageLayout,
  rotation: Rotation,
): RebuiltCodes {
  return inTransaction(db, () => {
    const { center, of } = meanVector(db, modelId, dimension);
    const encoder = makeEncoder(center, rotation);
    const pages: CodePage[] = [];
    for (const { passageId, documentId, vector } of eachVector(db, modelId)) {
      let page = pages.at(-1);
      if (!page || page.used === pageSlots) pages.push((page = new CodePage(layout, pages.length + 1)));
      page.append(passageId, documentId, encoder.encode(toSigned(vector)));
    }
    deletePages(db, modelId);
    for (const page of pages) writeSegment(db, modelId, page, 0);
    writeCenter(db, modelId, center, of);
    addToLive(db, modelId, of - readLive(db, modelId));
    return { center, of, pages };
  });
}
