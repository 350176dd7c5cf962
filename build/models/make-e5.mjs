// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { e5Graph } from "./e5-small.mjs";
import { readPackedE5 } from "./packed-e5.mjs";
import { unigramJson } from "./unigram-json.mjs";

/**
 * Makes the folder of multilingual-e5-small from the packed file: `onnx/model_quantized.onnx`, `tokenizer.json`,
 * `tokenizer_config.json`, `config.json`. The same bytes every time, on every machine.
 * @param {string} packedFile
 * @param {string} folder
 */
export function makeE5(packedFile, folder) {
  const packed = readPackedE5(readFileSync(packedFile));
  const { sizes, vocabulary } = packed;
  mkdirSync(join(folder, "onnx"), { recursive: true });
  writeFileSync(
    join(folder, "onnx/model_quantized.onnx"),
    Buffer.concat(e5Graph(packed).file("multilingual-e5-small")),
  );
  const { pieces, pad } = vocabulary;
  const files = {
    "tokenizer.json": unigramJson(vocabulary),
    "tokenizer_config.json": {
      tokenizer_class: "XLMRobertaTokenizer",
      bos_token: "<s>",
      eos_token: "</s>",
      unk_token: "<unk>",
      sep_token: "</s>",
      cls_token: "<s>",
      pad_token: "<pad>",
      mask_token: "<mask>",
      model_max_length: sizes.positions,
    },
    "config.json": {
      architectures: ["BertModel"],
      model_type: "bert",
      hidden_size: sizes.hidden,
      num_hidden_layers: sizes.layers,
      num_attention_heads: sizes.heads,
      intermediate_size: sizes.inner,
      hidden_act: "gelu",
      max_position_embeddings: sizes.positions,
      type_vocab_size: 2,
      vocab_size: pieces.length,
      layer_norm_eps: 1e-12,
      pad_token_id: pad,
    },
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(content));
}
