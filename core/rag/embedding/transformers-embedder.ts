import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "../../contract/errors.ts";
import { verifyModel } from "../../models/verify.ts";
import type { Embedder } from "./embedder.ts";
import type { EmbeddingRow } from "../../models/embedding-catalogue.ts";
import { batchesByLength } from "./batches.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { LoadedModel } from "./load-model.ts";
import { loadSession } from "./load-session.ts";
import { pool } from "./pooling.ts";
import { textTokenizer } from "./text-tokenizer.ts";

export interface OpenEmbedderOptions {
  readonly row: EmbeddingRow;
  /** The model's own folder, with `config.json` and `onnx/` in it. */
  readonly folder: string;
  /** 0: as many as there are cores. */
  readonly threads: number;
}

/**
 * Tokens of one run of the model, padding included. A run holds its thread, so this is also how long
 * a question waits behind indexing (about 0.1 s); larger batches were measured to be no faster.
 */
export const batchTokens = 512;
const textsBetweenTurns = 64;
const nothing = new Float32Array(0);

/**
 * Opens a model for embedding on this device: checks its files, then loads them. Rejects with
 * `model-missing` or `model-damaged`.
 */
export async function openEmbedder(options: OpenEmbedderOptions, signal?: AbortSignal): Promise<Embedder> {
  const { row, folder } = options;
  const check = await verifyModel(row, folder, signal ?? new AbortController().signal);
  if (check.state !== "installed") {
    throw new AppError(check.state === "missing" ? "model-missing" : "model-damaged", {
      facts: { model: row.id, file: check.path },
    });
  }
  const threads = options.threads || availableParallelism();
  const model = (await loadSession(row, folder, threads)) ?? (await loadTransformers(row, folder, threads));
  return embedderOf(row, fingerprintOf(row, check.hashes), model);
}

/** transformers.js takes a third of a second to be read, and is not needed for a model with a session of its own. */
async function loadTransformers(row: EmbeddingRow, folder: string, threads: number): Promise<LoadedModel> {
  const { loadModel } = await import("./load-model.ts");
  return loadModel(row, folder, threads);
}

function embedderOf(row: EmbeddingRow, fingerprint: string, model: LoadedModel): Embedder {
  const tokenizer = textTokenizer(model.encoder, row.longestInput);
  let closing: Promise<void> | undefined;

  async function embed(
    texts: readonly string[],
    prefix: string,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    if (closing) throw new Error("the embedder is closed");
    const inputs: number[][] = [];
    for (const text of texts) {
      if (inputs.length % textsBetweenTurns === 0) await turn(signal);
      inputs.push(tokenizer.encode(prefix + text));
    }
    const vectors: Float32Array[] = Array.from(texts, () => nothing);
    for (const { indexes, length } of batchesByLength(
      inputs.map((ids) => ids.length),
      batchTokens,
    )) {
      await turn(signal);
      const ids = new BigInt64Array(indexes.length * length);
      const mask = new BigInt64Array(indexes.length * length);
      indexes.forEach((index, place) => {
        inputs[index]!.forEach((id, token) => {
          ids[place * length + token] = BigInt(id);
          mask[place * length + token] = 1n;
        });
      });
      const states = await model.run(ids, mask, indexes.length, length);
      indexes.forEach((index, place) => {
        vectors[index] = pool(states, place, length, inputs[index]!.length, row.dimension, row.pooling);
      });
    }
    return vectors;
  }

  return {
    modelId: row.id,
    fingerprint,
    dimension: row.dimension,
    languages: row.languages,
    longestInput: row.longestInput,
    countTokens: (text) => tokenizer.count(text),
    embedDocuments: (texts, signal) => embed(texts, row.documentPrefix, signal),
    embedQuery: async (text, signal) => (await embed([text], row.queryPrefix, signal))[0]!,
    close: () => (closing ??= model.close()),
  };
}

/** Lets waiting work of this process run, a cancel among it. */
async function turn(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await nextTurn();
  signal.throwIfAborted();
}
