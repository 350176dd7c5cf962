// @ts-check
// Protocol Buffers' wire format, as much as an ONNX file needs. A message is a list of byte arrays, so that weights
// are written as they lie and never copied into one another.

/** @typedef {Uint8Array[]} Parts */

/**
 * An integer of variable length; a negative one takes ten bytes, as int64 does.
 * @param {number | bigint} value
 */
export function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

/**
 * A field with an integer.
 * @param {number} field
 * @param {number | bigint} value
 * @returns {Parts}
 */
export const int = (field, value) => [varint(field << 3), varint(value)];

/**
 * A field with a 32-bit float.
 * @param {number} field
 * @param {number} value
 * @returns {Parts}
 */
export function float(field, value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [varint((field << 3) | 5), bytes];
}

/**
 * A field with bytes, or with a message made of parts.
 * @param {number} field
 * @param {Parts} parts
 * @returns {Parts}
 */
export const message = (field, parts) => [varint((field << 3) | 2), varint(lengthOf(parts)), ...parts];

/**
 * @param {number} field
 * @param {string} text
 * @returns {Parts}
 */
export const string = (field, text) => message(field, [new TextEncoder().encode(text)]);

/** @param {Parts} parts */
export const lengthOf = (parts) => parts.reduce((sum, part) => sum + part.length, 0);

/**
 * The fields of a message as they come: integers and floats by value, the rest as views of the bytes.
 * @param {Uint8Array} bytes
 * @returns {Generator<{ field: number, value: bigint } | { field: number, bytes: Uint8Array }>}
 */
export function* fieldsOf(bytes) {
  let at = 0;
  const next = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("The message is cut short");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(next());
    const field = key >>> 3;
    const wire = key & 7;
    if (wire === 0) yield { field, value: next() };
    else {
      const length = wire === 2 ? Number(next()) : wire === 5 ? 4 : wire === 1 ? 8 : -1;
      if (length < 0 || at + length > bytes.length) throw new Error("The message is cut short");
      yield { field, bytes: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}
