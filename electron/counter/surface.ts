/** What the thread that counts tokens offers main. */
export type CounterSurface = {
  requests: {
    /** Tokens of each text, as Qwen3 has them. Throws model-missing where its tokenizer is not installed. */
    count: (texts: readonly string[], signal: AbortSignal) => Promise<readonly number[]>;
  };
  streams: Record<string, never>;
  events: Record<string, never>;
};
