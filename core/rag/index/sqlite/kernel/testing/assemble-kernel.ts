import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import makeWabt from "wabt";

const source = new URL("../scan.wat", import.meta.url);
const target = new URL("../scan-code.ts", import.meta.url);

async function assemble(text: string): Promise<string> {
  const wabt = await makeWabt();
  const module = wabt.parseWat("scan.wat", text, { simd: true, relaxed_simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  return Buffer.from(buffer).toString("base64");
}

/** The text of scan-code.ts as scan.wat gives it. */
export async function renderKernelCode(): Promise<string> {
  const text = await readFile(source, "utf8");
  const plain = await assemble(text);
  const relaxed = await assemble(
    text
      .replaceAll("i8x16.swizzle", "i8x16.relaxed_swizzle")
      .replaceAll("i16x8.q15mulr_sat_s", "i16x8.relaxed_q15mulr_s"),
  );
  return [
    "// Made from scan.wat: node core/rag/index/sqlite/kernel/testing/assemble-kernel.ts",
    "",
    "/** scan.wat, assembled. */",
    `export const plainCode =\n  "${plain}";`,
    "",
    "/** The same with relaxed table look-ups and products: fewer instructions each, the same results for our numbers. */",
    `export const relaxedCode =\n  "${relaxed}";`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await renderKernelCode());
