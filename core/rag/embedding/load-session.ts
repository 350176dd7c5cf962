import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../../contract/errors.ts";
import type { EmbeddingRow } from "../../models/embedding-catalogue.ts";
import type { LoadedModel } from "./load-model.ts";
import { makeUnigram } from "./unigram.ts";

/**
 * Loads a verified model whose tokenizer is read by `unigram.ts`, into a session of its own: a third of the memory and
 * of the time that transformers.js takes for a vocabulary of 250,000 pieces. Null where the tokenizer is another one.
 */
export async function loadSession(
  row: EmbeddingRow,
  folder: string,
  threads: number,
): Promise<LoadedModel | null> {
  try {
    const encoder = makeUnigram(JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8")));
    if (encoder === null) return null;
    const session = await InferenceSession.create(join(folder, "onnx/model_quantized.onnx"), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      // The graph is written as it is to run: fused further, it is slower.
      graphOptimizationLevel: "basic",
      // A thread that waits by counting takes the core that the next one needs.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
    return {
      encoder,
      run: async (ids, mask, rows, length) => {
        const shape = [rows, length];
        const inputs = {
          input_ids: new Tensor("int64", ids, shape),
          attention_mask: new Tensor("int64", mask, shape),
        };
        const { last_hidden_state: states } = await session.run(inputs, ["last_hidden_state"]);
        return states!.data as Float32Array;
      },
      close: () => session.release(),
    };
  } catch (cause) {
    throw new AppError("model-damaged", { facts: { model: row.id }, cause });
  }
}
