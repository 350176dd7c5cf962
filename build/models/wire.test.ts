import { expect, test } from "vitest";
import { fieldsOf, float, int, lengthOf, message, string } from "./wire.mjs";

const bytesOf = (parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

test("what is written is read back: integers of every size, negative ones, texts, messages in messages", () => {
  const integers = [0, 1, 127, 128, 300, 2 ** 31, Number.MAX_SAFE_INTEGER];
  const inner = [...string(1, "Größe 大小"), ...int(2, -1), ...float(3, 0.5)];
  const all = bytesOf([...integers.flatMap((value) => int(1, value)), ...message(9, inner)]);
  const fields = [...fieldsOf(all)];
  expect(fields.slice(0, -1)).toEqual(integers.map((value) => ({ field: 1, value: BigInt(value) })));
  const last = fields.at(-1);
  if (last === undefined || !("bytes" in last)) throw new Error("no message");
  expect(last.bytes).toHaveLength(lengthOf(inner));
  const [text, minusOne, half] = [...fieldsOf(last.bytes)];
  expect(text).toEqual({ field: 1, bytes: new TextEncoder().encode("Größe 大小") });
  expect(minusOne).toEqual({ field: 2, value: BigInt.asUintN(64, -1n) });
  expect(half).toEqual({ field: 3, bytes: Uint8Array.of(0, 0, 0, 0x3f) });
});

test("a message that is cut short is refused wherever it is cut", () => {
  const whole = bytesOf([...int(1, 300), ...message(2, string(1, "words"))]);
  for (let length = 1; length < whole.length; length += 1) {
    if (length === 3) continue; // The end of the first field.
    expect(() => [...fieldsOf(whole.subarray(0, length))], String(length)).toThrow("cut short");
  }
});
