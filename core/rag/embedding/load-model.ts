import { basename, dirname } from "node:path";
import { AutoModel, AutoTokenizer, env, Tensor } from "@huggingface/transformers";
import { AppError } from "../../contract/errors.ts";
import type { EmbeddingRow } from "../../models/embedding-catalogue.ts";
import type { Encoder } from "./text-tokenizer.ts";

/** A model in memory. */
export interface LoadedModel {
  readonly encoder: Encoder;
  /** Token vectors of a batch, [row, token, dimension], from [row, token] ids and mask. */
  run(ids: BigInt64Array, mask: BigInt64Array, rows: number, length: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The part of transformers.js's model that is used here; its own types say `any`. */
interface Model {
  (inputs: Record<string, Tensor>): Promise<{ last_hidden_state: { data: Float32Array; dispose(): void } }>;
  dispose(): Promise<unknown>;
}

// transformers.js's settings are one global object, so only one model loads at a time.
let last: Promise<unknown> = Promise.resolve();

/** Loads a verified model from its folder, with no way to the network. */
export function loadModel(row: EmbeddingRow, folder: string, threads: number): Promise<LoadedModel> {
  const next = last.then(() => load(row, folder, threads));
  last = next.catch(() => undefined);
  return next;
}

async function load(row: EmbeddingRow, folder: string, threads: number): Promise<LoadedModel> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.fetch = () => Promise.reject(new Error("embedding models are never fetched while they load"));
  env.localModelPath = dirname(folder);
  const id = basename(folder);
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(id, { local_files_only: true });
    const model = (await AutoModel.from_pretrained(id, {
      local_files_only: true,
      device: "cpu",
      dtype: row.dtype,
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential" },
    })) as unknown as Model;
    return {
      encoder: tokenizer,
      run: async (ids, mask, rows, length) => {
        const output = await model({
          input_ids: new Tensor("int64", ids, [rows, length]),
          attention_mask: new Tensor("int64", mask, [rows, length]),
        });
        return output.last_hidden_state.data;
      },
      close: async () => void (await model.dispose()),
    };
  } catch (cause) {
    throw new AppError("model-damaged", { facts: { model: row.id }, cause });
  }
}
