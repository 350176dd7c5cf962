import makeWabt from "wabt";

/**
 * Reads as many bytes as `rows` 1-bit codes have, as fast as 16-byte loads go: the limit that the
 * first stage of a search is measured against.
 */
export async function makeCodeReader(rows: number, dimension: number): Promise<() => void> {
  const bytes = Math.ceil((rows * dimension) / 8 / 128) * 128;
  const loads = Array.from(
    { length: 8 },
    (_, i) =>
      `(local.set $s${i % 4} (v128.xor (local.get $s${i % 4}) (v128.load offset=${i * 16} (local.get $at))))`,
  ).join("\n");
  const text = `(module (import "m" "memory" (memory 1))
    (func (export "read") (param $at i32) (param $end i32) (result i32)
      (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
      (loop $next ${loads}
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 128))) (local.get $end))))
      (v128.any_true (v128.or (v128.or (local.get $s0) (local.get $s1)) (v128.or (local.get $s2) (local.get $s3))))))`;
  const wabt = await makeWabt();
  const module = wabt.parseWat("read.wat", text, { simd: true });
  const code = Uint8Array.from(module.toBinary({}).buffer);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) + 1 });
  new Uint8Array(memory.buffer).fill(37);
  const instance = await WebAssembly.instantiate(await WebAssembly.compile(code), { m: { memory } });
  const read = instance.exports["read"] as (at: number, end: number) => number;
  return () => void read(0, bytes);
}
