import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AutoTokenizer, env } from "@huggingface/transformers";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { multilingualModel } from "../setup/pins.mjs";
import { safetyLayer } from "./e5-small.mjs";

const models = resolve(import.meta.dirname, "../../.cache/models");
const folder = join(models, multilingualModel.name);
const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "testing", name), "utf8")) as string[];
const texts = fixture("texts.json");
/** Vectors of the same weights in single precision, as 16-bit integers of a quarter of 1/32767. */
const references = fixture("vectors.json").map((packed) => {
  const bytes = Uint8Array.from(Buffer.from(packed, "base64"));
  return Float64Array.from(new Int16Array(bytes.buffer), (value) => value / (4 * 32767));
});
const width = 384;

let session: InferenceSession;
let tokens: number[][];

beforeAll(async () => {
  env.allowRemoteModels = false;
  env.localModelPath = models;
  const tokenizer = await AutoTokenizer.from_pretrained(multilingualModel.name, { local_files_only: true });
  tokens = texts.map((text) => tokenizer.encode(text));
  session = await InferenceSession.create(join(folder, "onnx/model_quantized.onnx"), {
    intraOpNumThreads: 1,
    graphOptimizationLevel: "basic",
  });
});
afterAll(() => session.release());

/** Both outputs of each text, [tokens, width], from one batch padded to `length`. */
async function statesOf(batch: readonly number[][], length: number) {
  const ids = new BigInt64Array(batch.length * length).fill(1n);
  const mask = new BigInt64Array(batch.length * length);
  batch.forEach((one, row) => {
    one.forEach((id, at) => {
      ids[row * length + at] = BigInt(id);
      mask[row * length + at] = 1n;
    });
  });
  const shape = [batch.length, length];
  const outputs = await session.run({
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
  });
  const rowsOf = (name: string) => {
    const output = outputs[name];
    if (output === undefined) throw new Error(`no output ${name}`);
    expect(output.dims).toEqual([...shape, width]);
    const values = output.data as Float32Array;
    return batch.map((one, row) => values.slice(row * length * width, (row * length + one.length) * width));
  };
  const [last, middle] = [rowsOf("last_hidden_state"), rowsOf(`hidden_state_${safetyLayer}`)];
  return batch.map((_, row) => ({ last: last[row]!, middle: middle[row]! }));
}

/** The mean over a text's tokens. */
function pooled(states: Float32Array): Float64Array {
  const sum = new Float64Array(width);
  states.forEach((value, at) => (sum[at % width] = sum[at % width]! + value));
  const norm = Math.hypot(...sum);
  return sum.map((value) => value / norm);
}

describe("multilingual-e5-small as set-up makes it", () => {
  test("the bytes are the pinned ones", () => {
    for (const [name, sha256] of Object.entries(multilingualModel.registry.files)) {
      const bytes = readFileSync(join(folder, name));
      expect(createHash("sha256").update(bytes).digest("hex"), name).toBe(sha256);
    }
  });

  test("a text has the same vectors, bit for bit, alone, among others and however far it is padded", async () => {
    const alone: Awaited<ReturnType<typeof statesOf>> = [];
    for (const one of tokens) alone.push((await statesOf([one], one.length))[0]!);
    const longest = Math.max(...tokens.map(({ length }) => length));
    for (const [size, padding] of [
      [2, 0],
      [7, 3],
      [texts.length, 40],
    ] as const) {
      for (let start = 0; start < texts.length; start += size) {
        const found = await statesOf(tokens.slice(start, start + size), longest + padding);
        found.forEach((states, row) => {
          const expected = alone[start + row]!;
          const isSame =
            Buffer.from(states.last.buffer).equals(Buffer.from(expected.last.buffer)) &&
            Buffer.from(states.middle.buffer).equals(Buffer.from(expected.middle.buffer));
          expect(isSame, `${texts[start + row]} in a batch of ${size}`).toBe(true);
        });
      }
    }
  });

  test("its vectors are those of single precision, to a centred cosine of .99 on the whole and .985 each", async () => {
    const found = [];
    for (const one of tokens) found.push(pooled((await statesOf([one], one.length))[0]!.last));
    // What all texts share is taken out first: it is three quarters of an E5 vector, and says nothing.
    const cosines = centred(found).map((vector, row) => cosine(vector, centred(references)[row]!));
    expect(Math.min(...cosines)).toBeGreaterThan(0.985);
    expect(cosines.reduce((sum, value) => sum + value, 0) / cosines.length).toBeGreaterThan(0.99);
  });
});

function centred(vectors: readonly Float64Array[]): Float64Array[] {
  const mean = new Float64Array(width);
  for (const vector of vectors)
    vector.forEach((value, at) => (mean[at] = mean[at]! + value / vectors.length));
  return vectors.map((vector) => vector.map((value, at) => value - mean[at]!));
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
