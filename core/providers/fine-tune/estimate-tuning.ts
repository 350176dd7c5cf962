import { AppError } from "../../contract/errors.ts";
import type { FineTuneExample, FineTuneQuote } from "../../contract/fine-tune.ts";
import { tunableBases } from "./tuned-provider.ts";
import { trainingPriceAsOf, trainingPrices } from "./tuning-prices.ts";

/**
 * What a job will cost: tokens of the examples × epochs × price. A cancelled job is billed for its work. Throws
 * not-allowed for a base whose training, or whose calls afterwards, have no price that is known.
 */
export function quoteTuning(
  examples: readonly Pick<FineTuneExample, "tokens">[],
  base: string,
  epochs: number,
): FineTuneQuote {
  const tokens = examples.reduce((sum, example) => sum + example.tokens, 0);
  const price = tunableBases.includes(base) ? trainingPrices.get(base) : undefined;
  if (price === undefined) throw new AppError("not-allowed", { facts: { reason: "no-price", model: base } });
  return {
    examples: examples.length,
    tokens,
    epochs,
    // Tokens × price per million tokens are millionths of the currency.
    cost: { amount: Math.ceil(tokens * epochs * price) / 1_000_000, currency: "CNY" },
    priceAsOf: trainingPriceAsOf,
  };
}
