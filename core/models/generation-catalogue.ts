import type { CatalogueRow } from "./catalogue.ts";

/** A row for a language model that runs on this device, one GGUF file. */
export interface GenerationRow extends CatalogueRow {
  readonly kind: "generation";
  /** Can think aloud before it answers; its thoughts are shown apart. */
  readonly thinking: boolean;
}

const qwen3 = {
  kind: "generation",
  languages: ["*"],
  longestInput: 32_768,
  licence: "Apache-2.0",
  thinking: true,
} as const;

/**
 * Qwen3 as its makers publish it for llama.cpp. Hashes, sizes and revisions as several independent
 * projects pin them (looked up 2026-11-23); `memory` is the file plus an 8,192-token context.
 */
export const generationCatalogue: readonly GenerationRow[] = [
  {
    ...qwen3,
    id: "qwen3-0.6b-q8",
    name: "Qwen3 0.6B (smallest, quick notes)",
    repository: "Qwen/Qwen3-0.6B-GGUF",
    revision: "23749fefcc72300e3a2ad315e1317431b06b590a",
    files: [
      {
        path: "Qwen3-0.6B-Q8_0.gguf",
        bytes: 639_446_688,
        sha256: "9465e63a22add5354d9bb4b99e90117043c7124007664907259bd16d043bb031",
      },
    ],
    memory: 1600,
  },
  {
    ...qwen3,
    id: "qwen3-1.7b-q8",
    name: "Qwen3 1.7B (light)",
    repository: "Qwen/Qwen3-1.7B-GGUF",
    revision: "90862c4b9d2787eaed51d12237eafdfe7c5f6077",
    files: [
      {
        path: "Qwen3-1.7B-Q8_0.gguf",
        bytes: 1_834_426_016,
        sha256: "061b54daade076b5d3362dac252678d17da8c68f07560be70818cace6590cb1a",
      },
    ],
    memory: 2900,
  },
  {
    ...qwen3,
    id: "qwen3-4b-q4",
    name: "Qwen3 4B (balanced)",
    repository: "Qwen/Qwen3-4B-GGUF",
    revision: "bc640142c66e1fdd12af0bd68f40445458f3869b",
    files: [
      {
        path: "Qwen3-4B-Q4_K_M.gguf",
        bytes: 2_497_280_256,
        sha256: "7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5",
      },
    ],
    memory: 4000,
  },
  {
    ...qwen3,
    id: "qwen3-8b-q4",
    name: "Qwen3 8B (best writing, needs a large machine)",
    repository: "Qwen/Qwen3-8B-GGUF",
    revision: "7c41481f57cb95916b40956ab2f0b139b296d974",
    files: [
      {
        path: "Qwen3-8B-Q4_K_M.gguf",
        bytes: 5_027_783_488,
        sha256: "d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
      },
    ],
    memory: 6800,
  },
];
