import type { Kernel, KernelMemory } from "./kernel-interface.ts";
import { countShift, scanState } from "./scan-state.ts";

function saturate(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}

/** Rounded product of two 1.15 fixed-point numbers, as i16x8.q15mulr_sat_s. */
function multiply(a: number, b: number): number {
  return saturate((a * b + 0x4000) >> 15);
}

/** Where the count of an estimate stands in the state. */
function countOf(estimate: number): number {
  return scanState.counts + ((estimate + 32_768) >> countShift);
}

/** Raises the threshold while there are as many as wanted above a higher one. */
function raise(state: Int32Array): void {
  for (;;) {
    const lowest = countOf(state[scanState.threshold]! + 1);
    const fewer = state[scanState.above]! - state[lowest]!;
    if (fewer < state[scanState.wanted]!) return;
    state[scanState.above] = fewer;
    state[scanState.threshold] = ((lowest - scanState.counts + 1) << countShift) - 32_769;
  }
}

/** scan.wat in TypeScript, number for number, for engines or processors without SIMD. */
export function makeScriptKernel(memory: KernelMemory): Kernel {
  return {
    kind: "script",
    scan: (block, blocks, query, stateAt, slot, out) => {
      const bytes = new Uint8Array(memory.buffer);
      const words = new Int16Array(memory.buffer);
      const results = new Int32Array(memory.buffer);
      const state = new Int32Array(memory.buffer, stateAt);
      const groups = query.chunks * 8;
      const sums = new Uint32Array(32);
      let at = block;
      for (let b = 0; b < blocks; b++) {
        sums.fill(0);
        for (let group = 0; group < groups; group++) {
          const table = query.tables + group * 16;
          for (let lane = 0; lane < 16; lane++) {
            const code = bytes[at + lane]!;
            sums[lane]! += bytes[table + (code & 15)]!;
            sums[lane + 16]! += bytes[table + (code >> 4)]!;
          }
          at += 16;
        }
        const threshold = state[scanState.threshold]!;
        for (let lane = 0; lane < 32; lane++) {
          const sum = (((sums[lane]! << query.shift) + query.offset) << 16) >> 16;
          const factor = words[at / 2 + lane]!;
          const base = words[at / 2 + 32 + lane]!;
          const estimate = saturate(multiply(sum, factor) + multiply(base, query.weight));
          if (estimate <= threshold) continue;
          results[out / 4] = slot + b * 32 + lane;
          results[out / 4 + 1] = estimate;
          out += 8;
          state[countOf(estimate)]!++;
          state[scanState.above]!++;
        }
        raise(state);
        at += 128;
      }
      return out;
    },
    cosine: (query, vector, steps) => {
      const numbers = new Float32Array(memory.buffer, query, steps * 16);
      const bytes = new Int8Array(memory.buffer, vector, steps * 16);
      let dot = 0;
      let square = 0;
      for (let i = 0; i < numbers.length; i++) {
        dot += numbers[i]! * bytes[i]!;
        square += bytes[i]! * bytes[i]!;
      }
      return square > 0 ? Math.fround(dot / Math.sqrt(square)) : 0;
    },
  };
}
