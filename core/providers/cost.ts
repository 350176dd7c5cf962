import type { Currency, PriceRow, PriceTier } from "../contract/costs.ts";
import type { Cost, Usage } from "../contract/suggest.ts";

/** The counts a price is applied to; output includes the thoughts, input includes what was cached. */
export type Billed = Pick<Usage, "inputTokens" | "outputTokens"> &
  Partial<Pick<Usage, "reasoningTokens" | "cachedInputTokens">>;

/**
 * What a call costs, in millionths of the row's currency: exact, rounded half up once. The whole call
 * takes the tier of its input's length, and the whole output the thinking price once it thought.
 * `hasThought` is for servers that write thoughts without counting them.
 */
export function costOf(
  usage: Billed,
  row: PriceRow,
  hasThought: boolean = (usage.reasoningTokens ?? 0) > 0,
): number {
  const tier = tierFor(row, usage.inputTokens);
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const output = hasThought ? (tier.thinkingOutput ?? tier.output) : tier.output;
  const millionths =
    BigInt(usage.inputTokens - cached) * perMillion(tier.input) +
    BigInt(cached) * perMillion(tier.cachedInput ?? tier.input) +
    BigInt(usage.outputTokens) * perMillion(output);
  return Number((millionths + 500_000n) / 1_000_000n);
}

/** The tier that a request of so many input tokens falls in; beyond the longest, the last one. */
export function tierFor(row: PriceRow, inputTokens: number): PriceTier {
  const tier =
    row.tiers.find(({ upTo }) => upTo === null || inputTokens <= upTo) ?? row.tiers[row.tiers.length - 1];
  if (tier === undefined) throw new Error(`price of ${row.model} has no tier`);
  return tier;
}

/** Millionths as a cost to show. */
export const toCost = (micros: number, currency: Currency, estimated: boolean): Cost => ({
  amount: micros / 1_000_000,
  currency,
  estimated,
});

/** A price per million tokens in millionths; prices have six decimals at most. */
const perMillion = (price: number): bigint => BigInt(Math.round(price * 1_000_000));
