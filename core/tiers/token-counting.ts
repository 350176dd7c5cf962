import { AppError, isCancel } from "../contract/errors.ts";
import type { ProviderConfig } from "../contract/providers.ts";
import {
  estimating,
  tokenCountingFor,
  type CountQwenTokens,
  type CountTokens,
  type TokenCounting,
} from "../providers/tokens/count-tokens.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";

export interface CountingOptions {
  /** Elsewhere than on the thread that everybody waits for, where there is such a place. */
  readonly countQwenTokens: CountQwenTokens;
  readonly report: (where: string, error: unknown) => void;
}

/** How a provider's tokens are counted here: high estimates where its tokenizer is not at hand. */
export type CountingFor = (config: Pick<ProviderConfig, "vendor" | "model">) => Promise<TokenCounting>;

/** Letters that are counted in one go: no short text waits long behind a long one. */
const mostAtOnce = 200_000;

export function makeCountingFor({ countQwenTokens, report }: CountingOptions): CountingFor {
  const count = inBatches(async (texts) => {
    try {
      return await countQwenTokens(texts);
    } catch (error) {
      if (!isCancel(error)) report("count-tokens", error);
      return texts.map(estimateTokens);
    }
  });
  return async ({ vendor, model }) => {
    const counting = tokenCountingFor(vendor, model, count);
    if (counting === estimating) return counting;
    try {
      await countQwenTokens([]);
      return counting;
    } catch (error) {
      const isMissing = error instanceof AppError && error.code === "model-missing";
      if (!isMissing && !isCancel(error)) report("count-tokens", error);
      return estimating;
    }
  };
}

/** Joins the texts that are asked about in one turn: a question each would cost more than the counting. */
function inBatches(countAll: CountQwenTokens): CountTokens {
  let waiting: { readonly text: string; readonly counted: (tokens: number) => void }[] = [];

  async function ask(): Promise<void> {
    const asked = waiting;
    waiting = [];
    for (let from = 0; from < asked.length;) {
      let to = from;
      let letters = 0;
      while (to < asked.length && (to === from || letters < mostAtOnce)) {
        letters += asked[to]?.text.length ?? 0;
        to += 1;
      }
      const part = asked.slice(from, to);
      const counts = await countAll(part.map(({ text }) => text));
      for (const [at, { counted, text }] of part.entries()) counted(counts[at] ?? estimateTokens(text));
      from = to;
    }
  }

  return (text) =>
    new Promise((resolve) => {
      if (waiting.length === 0) queueMicrotask(() => void ask());
      waiting.push({ text, counted: resolve });
    });
}
