// @ts-check
import { bertGraph } from "./bert-graph.mjs";
import { contrib, types } from "./onnx-model.mjs";

/** @typedef {import("./packed-e5.mjs").PackedE5} PackedE5 */

/** The names of the packed file. */
const tensors = /** @type {const} */ ({
  query: "q",
  key: "k",
  value: "v",
  attention: "ao",
  widen: "fi",
  narrow: "fo",
  "attention.norm": "aln",
  "narrow.norm": "oln",
});

/** The layer that safety reads beside the last one: what it tells apart is told best there. */
export const safetyLayer = 8;

/**
 * The graph of multilingual-e5-small.
 * @param {PackedE5} packed
 * @param {{ isFloat?: boolean }} [options]
 */
export function e5Graph(packed, options = {}) {
  const { hidden } = packed.sizes;
  const positions = packed.floats("emb.pos");
  const kind = packed.floats("emb.type");
  for (let at = 0; at < positions.length; at += 1)
    positions[at] = (positions[at] ?? 0) + (kind[at % hidden] ?? 0);
  const weights = {
    sizes: packed.sizes,
    positions,
    /** @param {string} name */
    matrix: (name) => packed.matrix(`${packedName(name)}.w`),
    /** @param {string} name */
    vector: (name) => packed.floats(vectorName(name)),
    /** @param {import("./onnx-model.mjs").OnnxModel} model */
    words: (model) => wordTable(model, packed),
  };
  return bertGraph(weights, { ...options, alsoLayers: [safetyLayer] });
}

/**
 * The table stays in the 4 bits it comes in, 54 MB of the model's 76.
 * @param {import("./onnx-model.mjs").OnnxModel} model
 * @param {PackedE5} packed
 */
function wordTable(model, packed) {
  const { hidden } = packed.sizes;
  const rows = packed.vocabulary.pieces.length;
  const { values, scales } = packed.fourBits("emb.word");
  model.weight("words", types.int4, [rows, hidden], values);
  model.weight("words.scale", types.float16, [rows, hidden / 32], scales);
  model.node(
    "GatherBlockQuantized",
    ["words", "input_ids", "words.scale"],
    ["words.half"],
    { block_size: 32, gather_axis: 0, quantize_axis: 1 },
    contrib,
  );
  return model.node("Cast", ["words.half"], ["words.row"], { to: types.float });
}

/**
 * `3.query` is `l3.q` there.
 * @param {string} name
 */
function packedName(name) {
  const [layer, ...rest] = name.split(".");
  const tensor = tensors[/** @type {keyof typeof tensors} */ (rest.join("."))];
  if (tensor === undefined) throw new Error(`The packed E5 file knows no ${name}`);
  return `l${layer}.${tensor}`;
}

/**
 * `3.query.bias` is `l3.q.b`, `embedded.norm.weight` is `emb.ln.w`.
 * @param {string} name
 */
function vectorName(name) {
  const end = name.lastIndexOf(".");
  const owner = name.slice(0, end);
  return `${owner === "embedded.norm" ? "emb.ln" : packedName(owner)}.${name[end + 1]}`;
}
