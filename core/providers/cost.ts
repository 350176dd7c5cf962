import type { Currency, PriceRow, PriceStep } from "../contract/costs.ts";
import type { Cost, Usage } from "../contract/suggest.ts";

/** The counts a price is applied to; output includes the thoughts, input includes what was cached. */
export type Billed = Pick<Usage, "inputTokens" | "outputTokens"> &
  Partial<Pick<Usage, "reasoningTokens" | "cachedInputTokens">>;

/**
 * What a call costs, in millionths of the row's currency: exact, rounded half up once. The whole call
 * takes the step of its input's length, and the whole output the thinking price once it thought.
 * `hasThought` is for servers that write thoughts without counting them.
 */
export function costOf(
  usage: Billed,
  row: PriceRow,
  hasThought: boolean = (usage.reasoningTokens ?? 0) > 0,
): number {
  const step = stepFor(row, usage.inputTokens);
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const output = hasThought ? (step.thinkingOutput ?? step.output) : step.output;
  const millionths =
    BigInt(usage.inputTokens - cached) * perMillion(step.input) +
    BigInt(cached) * perMillion(step.cachedInput ?? step.input) +
    BigInt(usage.outputTokens) * perMillion(output);
  return Number((millionths + 500_000n) / 1_000_000n);
}

/** The step that a request of so many input tokens falls in; beyond the longest, the last one. */
export function stepFor(row: PriceRow, inputTokens: number): PriceStep {
  const step =
    row.steps.find(({ upTo }) => upTo === null || inputTokens <= upTo) ?? row.steps[row.steps.length - 1];
  if (step === undefined) throw new Error(`price of ${row.model} has no step`);
  return step;
}

/** Millionths as a cost to show. */
export const toCost = (micros: number, currency: Currency, estimated: boolean): Cost => ({
  amount: micros / 1_000_000,
  currency,
  estimated,
});

/** A price per million tokens in millionths; prices have six decimals at most. */
const perMillion = (price: number): bigint => BigInt(Math.round(price * 1_000_000));
