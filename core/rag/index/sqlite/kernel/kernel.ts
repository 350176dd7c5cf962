import type { Kernel, KernelKind, KernelMemory } from "./kernel-interface.ts";
import { plainCode, relaxedCode } from "./scan-code.ts";
import { makeScriptKernel } from "./script-kernel.ts";

/** The part of WebAssembly used here: the types of Node do not name it. */
interface Engine {
  readonly Memory: new (size: { initial: number }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => {
    readonly exports: Record<string, unknown>;
  };
  validate(bytes: Uint8Array): boolean;
}

const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;

export function makeKernelMemory(): KernelMemory {
  return new engine.Memory({ initial: 1 });
}

/** The best kernel this engine runs, or the one asked for; `script` runs anywhere. */
export function makeKernel(memory: KernelMemory, kind?: KernelKind): Kernel {
  if (kind === "script") return makeScriptKernel(memory);
  for (const [wanted, code] of [
    ["relaxed", relaxedCode],
    ["plain", plainCode],
  ] as const) {
    if (kind !== undefined && kind !== wanted) continue;
    const bytes = Buffer.from(code, "base64");
    if (engine.validate(bytes)) return instantiate(memory, wanted, bytes);
  }
  return makeScriptKernel(memory);
}

function instantiate(memory: KernelMemory, kind: KernelKind, bytes: Uint8Array): Kernel {
  const { exports } = new engine.Instance(new engine.Module(bytes), { vectors: { memory } });
  const scan = exports["scan"] as (...parameters: number[]) => number;
  const cosine = exports["cosine"] as Kernel["cosine"];
  return {
    kind,
    scan: (block, blocks, query, state, slot, out) =>
      scan(
        block,
        blocks,
        query.tables,
        query.chunks,
        query.shift,
        query.offset,
        query.weight,
        state,
        slot,
        out,
      ),
    cosine,
  };
}
