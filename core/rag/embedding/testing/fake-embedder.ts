import { createHash } from "node:crypto";
import type { Embedder } from "../embedder.ts";

export interface FakeEmbedderOptions {
  readonly modelId?: string;
  readonly dimension?: number;
  readonly languages?: readonly string[];
  readonly longestInput?: number;
}

/**
 * An embedder without a model: a text's words and their three-letter parts, hashed into a unit
 * vector. The same everywhere, and texts that share words are near, so it ranks as one expects.
 */
export function fakeEmbedder(options: FakeEmbedderOptions = {}): Embedder {
  const { modelId = "fake", dimension = 256, languages = ["*"], longestInput = 256 } = options;
  let isClosed = false;

  function embed(text: string): Float32Array {
    const vector = new Float32Array(dimension);
    for (const word of wordsOf(text).slice(0, longestInput - 2)) {
      add(vector, word, 1);
      const padded = ` ${word} `;
      for (let i = 0; i + 3 <= padded.length; i++) add(vector, padded.slice(i, i + 3), 0.3);
    }
    // A text without a word still needs a direction.
    vector[0]! += 1e-3;
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return vector.map((value) => value / norm);
  }

  async function embedAll(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    if (isClosed) throw new Error("the embedder is closed");
    signal.throwIfAborted();
    return texts.map(embed);
  }

  return {
    modelId,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([modelId, dimension, longestInput]))
      .digest("hex")
      .slice(0, 32),
    dimension,
    languages,
    longestInput,
    countTokens: (text) => wordsOf(text).length,
    embedDocuments: embedAll,
    embedQuery: async (text, signal) => (await embedAll([text], signal))[0]!,
    close: async () => {
      isClosed = true;
    },
  };
}

/** Words of letters and digits, lower case; scripts without spaces by character. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu,
      ) ?? []
  );
}

function add(vector: Float32Array, feature: string, weight: number): void {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  // The final mix: FNV's low bits alone would leave near-collisions for short features.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  vector[hash % vector.length]! += hash & 0x10000 ? weight : -weight;
}
