// @ts-check
import { float, int, message, string } from "./wire.mjs";

/** @typedef {import("./wire.mjs").Parts} Parts */

/** @typedef {number | { float: number } | number[]} Attribute an integer, a float, or integers */

/** Element types, by ONNX's own numbers (TensorProto.DataType). */
export const types = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10, int4: 22 };

/** The domain of onnxruntime's own operators. */
export const contrib = "com.microsoft";

/**
 * A graph being built, node by node. Names are the caller's; order is kept, so the same calls give the same bytes.
 */
export class OnnxModel {
  /** @type {Parts[]} */
  #nodes = [];
  /** @type {Parts[]} */
  #weights = [];
  /** @type {Parts[]} */
  #ports = [];

  /**
   * Adds a constant. Returns its name.
   * @param {string} name
   * @param {number} type one of `types`
   * @param {readonly number[]} shape
   * @param {Uint8Array | Int8Array | Float32Array | BigInt64Array} values as they lie in memory, little endian
   */
  weight(name, type, shape, values) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const shapes = shape.flatMap((size) => int(1, size));
    this.#weights.push(message(5, [...shapes, ...int(2, type), ...string(8, name), ...message(9, [bytes])]));
    return name;
  }

  /**
   * Adds an operator. Returns the name of its first output.
   * @param {string} operator
   * @param {readonly string[]} inputs "" where an optional one is left out
   * @param {readonly string[]} outputs
   * @param {Readonly<Record<string, Attribute>>} [attributes]
   * @param {string} [domain]
   */
  node(operator, inputs, outputs, attributes = {}, domain = "") {
    const parts = [
      ...inputs.flatMap((name) => string(1, name)),
      ...outputs.flatMap((name) => string(2, name)),
      ...string(4, operator),
      ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
      ...(domain === "" ? [] : string(7, domain)),
    ];
    this.#nodes.push(message(1, parts));
    const [first] = outputs;
    if (first === undefined) throw new Error(`${operator} has no output`);
    return first;
  }

  /**
   * @param {string} name
   * @param {number} type
   * @param {readonly (number | string)[]} shape a name for a size that is known when it runs
   */
  input(name, type, shape) {
    this.#ports.push(port(11, name, type, shape));
  }

  /**
   * @param {string} name
   * @param {number} type
   * @param {readonly (number | string)[]} shape
   */
  output(name, type, shape) {
    this.#ports.push(port(12, name, type, shape));
  }

  /**
   * The bytes of the file: ONNX's IR 10, operator set 21 beside onnxruntime's own.
   * @param {string} name of the graph
   * @returns {Parts}
   */
  file(name) {
    const graph = [...this.#nodes.flat(), ...string(2, name), ...this.#weights.flat(), ...this.#ports.flat()];
    return [
      ...int(1, 10),
      ...string(2, "qwill"),
      ...message(7, graph),
      ...message(8, [...string(1, ""), ...int(2, 21)]),
      ...message(8, [...string(1, contrib), ...int(2, 1)]),
    ];
  }
}

/**
 * @param {string} name
 * @param {Attribute} value
 * @returns {Parts}
 */
function attribute(name, value) {
  return message(5, [...string(1, name), ...typed(value)]);
}

/**
 * @param {Attribute} value
 * @returns {Parts}
 */
function typed(value) {
  if (Array.isArray(value)) return [...value.flatMap((one) => int(8, one)), ...int(20, 7)];
  if (typeof value === "number") return [...int(3, value), ...int(20, 2)];
  return [...float(2, value.float), ...int(20, 1)];
}

/**
 * @param {number} field
 * @param {string} name
 * @param {number} type
 * @param {readonly (number | string)[]} shape
 * @returns {Parts}
 */
function port(field, name, type, shape) {
  const sizes = shape.flatMap((size) =>
    message(1, typeof size === "number" ? int(1, size) : string(2, size)),
  );
  const tensor = message(1, [...int(1, type), ...message(2, sizes)]);
  return message(field, [...string(1, name), ...message(2, tensor)]);
}
