// @ts-check
import { contrib, OnnxModel, types } from "./onnx-model.mjs";
import { joined, sevenBits } from "./quantise.mjs";

/**
 * What a BERT encoder is made of. Matrices are [outputs, inputs], row by row. Asked for by these names, N being the
 * layer from 0: `N.query`, `N.key`, `N.value`, `N.attention`, `N.widen`, `N.narrow`, each a matrix and with `.bias` a vector;
 * `N.attention.norm`, `N.narrow.norm` and `embedded.norm` with `.weight` and `.bias`.
 * @typedef {object} BertWeights
 * @property {{ hidden: number, layers: number, heads: number, inner: number, positions: number, epsilon: number }} sizes
 * @property {Float32Array} positions [positions, hidden], with the one kind of tokens that is used added
 * @property {(model: OnnxModel) => string} words adds the look-up of `input_ids`; gives its output, float [batch, sequence, hidden]
 * @property {(name: string) => Float32Array} matrix
 * @property {(name: string) => Float32Array} vector
 */

/**
 * @typedef {object} GraphOptions
 * @property {readonly number[]} alsoLayers layers, from 1, whose states are outputs beside the last one's
 * @property {boolean} [isFloat] the same graph in single precision, to measure against
 */

/**
 * A BERT encoder. Inputs `input_ids` and `attention_mask`, int64 [batch, sequence]; outputs `last_hidden_state` and
 * `hidden_state_N`, float [batch, sequence, hidden].
 *
 * To be run with onnxruntime's basic optimisations: what the higher ones make of the norms is slower.
 * @param {BertWeights} weights
 * @param {GraphOptions} options
 */
export function bertGraph(weights, { alsoLayers, isFloat = false }) {
  const { hidden, layers, heads, inner } = weights.sizes;
  const model = new OnnxModel();
  const product = isFloat ? floatProduct(model) : integerProduct(model);
  const place = makePlace(model, weights, product);

  let state = place.embedded();
  for (let layer = 0; layer < layers; layer += 1) {
    const context = place.attention(`${layer}`, state);
    const attended = place.added(context, `${layer}.attention`, state, hidden, `${layer}.attended`);
    const wide = product(attended, [weights.matrix(`${layer}.widen`)], hidden, `${layer}.widen`);
    const bent = model.node(
      "BiasGelu",
      [wide, place.vector(`${layer}.widen.bias`)],
      [`${layer}.gelu`],
      {},
      contrib,
    );
    state = place.added(bent, `${layer}.narrow`, attended, inner, layerName(layer + 1, layers));
  }

  model.weight("by.head", types.int64, [4], shape(0, 0, 3 * heads, hidden / heads));
  model.weight("by.token", types.int64, [3], shape(0, 0, hidden));
  for (const name of ["input_ids", "attention_mask"]) model.input(name, types.int64, ["batch", "sequence"]);
  for (const name of ["last_hidden_state", ...alsoLayers.map((layer) => layerName(layer, layers))])
    model.output(name, types.float, ["batch", "sequence", hidden]);
  return model;
}

/** @param {number} layer @param {number} layers */
const layerName = (layer, layers) => (layer === layers ? "last_hidden_state" : `hidden_state_${layer}`);

/** @param {number[]} sizes 0 where the size stays as it is */
const shape = (...sizes) => BigInt64Array.from(sizes.map(BigInt));

/**
 * The parts of an encoder that are not a product.
 * @param {OnnxModel} model
 * @param {BertWeights} weights
 * @param {Product} product
 */
function makePlace(model, weights, product) {
  const { hidden, heads, positions, epsilon } = weights.sizes;
  /** @param {string} name */
  const vector = (name) => {
    const values = weights.vector(name);
    return model.weight(name, types.float, [values.length], values);
  };
  /** @param {string} from @param {string} name @param {string} to */
  const normed = (from, name, to) =>
    model.node(
      "LayerNormalization",
      [from, vector(`${name}.norm.weight`), vector(`${name}.norm.bias`)],
      [to],
      {
        axis: -1,
        epsilon: { float: epsilon },
      },
    );
  return {
    vector,
    /** Words and positions, and the mask that is added to all scores: nothing, or so much less that padding weighs nothing. */
    embedded() {
      const words = weights.words(model);
      model.weight("positions", types.float, [positions, hidden], weights.positions);
      model.weight("first", types.int64, [1], shape(0));
      model.node("Shape", ["input_ids"], ["length"], { start: 1, end: 2 });
      model.node("Slice", ["positions", "first", "length", "first"], ["places"]);
      model.node("Add", [words, "places"], ["embedded"]);

      model.node("Cast", ["attention_mask"], ["mask.shown"], { to: types.float });
      model.weight("mask.one", types.float, [], Float32Array.of(1));
      model.weight("mask.far", types.float, [], Float32Array.of(1e30));
      model.weight("mask.axes", types.int64, [2], shape(1, 2));
      model.node("Sub", ["mask.shown", "mask.one"], ["mask.hidden"]);
      model.node("Mul", ["mask.hidden", "mask.far"], ["mask.row"]);
      model.node("Unsqueeze", ["mask.row", "mask.axes"], ["mask"]);
      return normed("embedded", "embedded", "hidden_state_0");
    },
    /**
     * Attention of all heads, without the product that joins them. Written out: the fused operator makes the mask anew
     * in every layer.
     * @param {string} layer @param {string} state
     */
    attention(layer, state) {
      const sides = ["query", "key", "value"].map((side) => `${layer}.${side}`);
      const [query = "", key = "", value = ""] = sides;
      const all = product(
        state,
        sides.map((side) => weights.matrix(side)),
        hidden,
        `${layer}.sides`,
      );
      const bias = joined(sides.map((side) => weights.vector(`${side}.bias`)));
      model.weight(`${layer}.sides.bias`, types.float, [bias.length], bias);
      model.node("Add", [all, `${layer}.sides.bias`], [`${layer}.sides`]);
      model.node("Reshape", [`${layer}.sides`, "by.head"], [`${layer}.heads`]);
      model.node("Transpose", [`${layer}.heads`], [`${layer}.turned`], { perm: [0, 2, 1, 3] });
      model.node("Split", [`${layer}.turned`], sides, { axis: 1, num_outputs: 3 });
      const even = { float: 1 / Math.sqrt(hidden / heads) };
      model.node("FusedMatMul", [query, key], [`${layer}.scores`], { transB: 1, alpha: even }, contrib);
      model.node("Add", [`${layer}.scores`, "mask"], [`${layer}.masked`]);
      model.node("Softmax", [`${layer}.masked`], [`${layer}.shares`], { axis: -1 });
      model.node("MatMul", [`${layer}.shares`, value], [`${layer}.mixed`]);
      model.node("Transpose", [`${layer}.mixed`], [`${layer}.back`], { perm: [0, 2, 1, 3] });
      return model.node("Reshape", [`${layer}.back`, "by.token"], [`${layer}.context`]);
    },
    /**
     * A dense layer, what came before it added, normed.
     * @param {string} from @param {string} name @param {string} before @param {number} inputs @param {string} to
     */
    added(from, name, before, inputs, to) {
      const rows = product(from, [weights.matrix(name)], inputs, name);
      model.node("Add", [rows, vector(`${name}.bias`)], [`${name}.biased`]);
      model.node("Add", [`${name}.biased`, before], [`${name}.sum`]);
      return normed(`${name}.sum`, name, to);
    },
  };
}

/**
 * Adds the product of activations [batch, sequence, inputs] with matrices that stand one below the other; gives its
 * name.
 * @typedef {(from: string, matrices: Float32Array[], inputs: number, name: string) => string} Product
 */

/** The least that GELU gives is -0.16997: a token's largest below that need not be looked for on the other side. */
const geluDip = 0.17;

/**
 * Products of integers, which are exact in whatever order they are added up. A token's activations are divided by their
 * largest, by themselves, so that no vector depends on what it is batched with, and rounded to -127…127. Weights have
 * seven bits and one scale for each output.
 * @param {OnnxModel} model
 * @returns {Product}
 */
function integerProduct(model) {
  const one = model.weight("one", types.float, [], Float32Array.of(1));
  const step = model.weight("step", types.float, [], Float32Array.of(1 / 127));
  const middle = model.weight("middle", types.uint8, [], Uint8Array.of(128));
  const tiny = model.weight("tiny", types.float, [], Float32Array.of(1e-9));
  const dip = model.weight("dip", types.float, [], Float32Array.of(geluDip));
  const axis = model.weight("axis", types.int64, [1], shape(-1));
  /** @type {Set<string>} */
  const rounded = new Set();
  /** @param {string} from */
  const round = (from) => {
    rounded.add(from);
    const isGelu = from.endsWith(".gelu");
    const sizes = isGelu ? from : model.node("Abs", [from], [`${from}.sizes`]);
    model.node("ReduceMax", [sizes, axis], [`${from}.peak`], { keepdims: 1 });
    model.node("Max", [`${from}.peak`, isGelu ? dip : tiny], [`${from}.largest`]);
    model.node("Reciprocal", [`${from}.largest`], [`${from}.factor`]);
    model.node("Mul", [from, `${from}.factor`], [`${from}.parts`]);
    model.node("QuantizeLinear", [`${from}.parts`, step, middle], [`${from}.bytes`]);
  };
  return (from, matrices, inputs, name) => {
    if (!rounded.has(from)) round(from);
    const { values, scales } = sevenBits(joined(matrices), inputs);
    const weights = model.weight(`${name}.matrix`, types.int8, [inputs, scales.length], values);
    // The step of the activations is in each output's scale: one multiplication less a number.
    const steps = model.weight(
      `${name}.steps`,
      types.float,
      [scales.length],
      scales.map((scale) => scale / 127),
    );
    const inputsOf = [`${from}.bytes`, weights, one, steps, middle];
    model.node("MatMulIntegerToFloat", inputsOf, [`${name}.shares`], {}, contrib);
    return model.node("Mul", [`${name}.shares`, `${from}.largest`], [`${name}.product`]);
  };
}

/**
 * @param {OnnxModel} model
 * @returns {Product}
 */
function floatProduct(model) {
  return (from, matrices, inputs, name) => {
    const matrix = joined(matrices);
    const outputs = matrix.length / inputs;
    const turned = new Float32Array(matrix.length);
    for (let row = 0; row < outputs; row += 1)
      for (let column = 0; column < inputs; column += 1)
        turned[column * outputs + row] = matrix[row * inputs + column] ?? 0;
    const weights = model.weight(`${name}.matrix`, types.float, [inputs, outputs], turned);
    return model.node("MatMul", [from, weights], [`${name}.product`]);
  };
}
