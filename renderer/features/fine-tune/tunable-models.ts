/** Base models that hosted Qwen tunes at a known price, cheapest first; another name can be typed. */
export const tunableModels = ["qwen3-8b", "qwen3-14b", "qwen3-32b", "qwen3.5-9b", "qwen3.5-27b"] as const;
