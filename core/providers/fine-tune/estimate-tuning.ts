import type { FineTuneExample, FineTuneQuote } from "../../contract/fine-tune.ts";
import { trainingPriceAsOf, trainingPrices } from "./tuning-prices.ts";

/** What a job will cost: tokens of the examples × epochs × price. A cancelled job is billed for its work. */
export function quoteTuning(
  examples: readonly Pick<FineTuneExample, "tokens">[],
  base: string,
  epochs: number,
): FineTuneQuote {
  const tokens = examples.reduce((sum, example) => sum + example.tokens, 0);
  const price = trainingPrices.get(base);
  return {
    examples: examples.length,
    tokens,
    epochs,
    // Tokens × price per million tokens are millionths of the currency.
    cost:
      price === undefined
        ? null
        : { amount: Math.ceil(tokens * epochs * price) / 1_000_000, currency: "CNY" },
    priceAsOf: price === undefined ? null : trainingPriceAsOf,
  };
}
