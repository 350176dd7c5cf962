import type { Currency, PriceRow, PriceStep } from "../contract/costs.ts";

/** Longest input, price in, price out, and price out once it thought, where that differs. */
type Step = readonly [upTo: number | null, input: number, output: number, thinkingOutput?: number];

const asOf = "2026-10-09";
const chinese = "Model Studio price list";
const dollars = "third-party lists that agree with Model Studio's international site";
const usualCacheShare = 0.2;

/** Cached input is billed at a fifth of the input price where the list says nothing else. */
function stepsOf(steps: readonly Step[], cachedInput: number | undefined): PriceStep[] {
  return steps.map(([upTo, input, output, thinkingOutput]) => ({
    upTo,
    input,
    output,
    ...(thinkingOutput !== undefined && { thinkingOutput }),
    cachedInput: cachedInput ?? Math.round(input * usualCacheShare * 1e6) / 1e6,
  }));
}

function table(
  scopes: readonly string[],
  currency: Currency,
  source: string,
  models: Readonly<Record<string, { readonly steps: readonly Step[]; readonly cached?: number }>>,
): PriceRow[] {
  return scopes.flatMap((scope) =>
    Object.entries(models).map(([model, { steps, cached }]) => ({
      vendor: "qwen" as const,
      scope,
      model,
      currency,
      validFrom: null,
      validTo: null,
      asOf,
      source,
      steps: stepsOf(steps, cached),
    })),
  );
}

/**
 * List prices of hosted Qwen per million tokens, without limited-time discounts, batch jobs, explicit
 * caches and free quotas. The two currencies of Singapore are two lists, not conversions of each other.
 */
export const qwenPrices: readonly PriceRow[] = [
  ...table(["mainland-china", "global"], "CNY", chinese, {
    "qwen3.8-max": { steps: [[null, 12, 36]], cached: 1.5 },
    "qwen3.8-max-prime": { steps: [[null, 24, 72]] },
    "qwen3.8-flash": { steps: [[null, 0.8, 2.7]], cached: 0.1 },
    "qwen3.7-max": { steps: [[null, 12, 36]] },
    "qwen3.7-plus": {
      steps: [
        [256_000, 2, 8],
        [null, 6, 24],
      ],
    },
    "qwen3.7-flash": {
      steps: [
        [32_000, 0.2, 0.8],
        [256_000, 0.6, 2.4],
        [null, 1.2, 4.8],
      ],
    },
    "qwen3.6-plus": {
      steps: [
        [256_000, 2, 12],
        [null, 8, 48],
      ],
    },
    "qwen3.6-flash": {
      steps: [
        [256_000, 1.2, 7.2],
        [null, 4.8, 28.8],
      ],
    },
    "qwen3.5-plus": {
      steps: [
        [128_000, 0.8, 4.8],
        [256_000, 2, 12],
        [null, 4, 24],
      ],
    },
    "qwen3.5-flash": {
      steps: [
        [128_000, 0.2, 2],
        [256_000, 0.8, 8],
        [null, 1.2, 12],
      ],
    },
    "qwen3-max": {
      steps: [
        [32_000, 2.5, 10],
        [128_000, 4, 16],
        [null, 7, 28],
      ],
    },
    "qwen-max": { steps: [[null, 2.4, 9.6]] },
    "qwen-plus": {
      steps: [
        [128_000, 0.8, 2, 8],
        [256_000, 2.4, 20, 24],
        [null, 4.8, 48, 64],
      ],
    },
    "qwen-flash": {
      steps: [
        [128_000, 0.15, 1.5],
        [256_000, 0.6, 6],
        [null, 1.2, 12],
      ],
    },
    "qwen-turbo": { steps: [[null, 0.3, 0.6, 3]] },
    "qwen-long": { steps: [[null, 0.5, 2]] },
  }),
  ...table(["international"], "USD", dollars, {
    "qwen3.8-max": { steps: [[null, 2, 6]], cached: 0.25 },
    "qwen3.8-flash": { steps: [[null, 0.15, 0.47]], cached: 0.016 },
    "qwen3.7-max": { steps: [[null, 2.5, 7.5]] },
    "qwen3.7-plus": {
      steps: [
        [256_000, 0.4, 1.6],
        [null, 1.2, 4.8],
      ],
    },
    "qwen3.5-plus": {
      steps: [
        [256_000, 0.4, 2.4],
        [null, 0.5, 3],
      ],
    },
    "qwen3.5-flash": { steps: [[null, 0.1, 0.4]] },
    "qwen3-max": {
      steps: [
        [32_000, 1.2, 6],
        [128_000, 2.4, 12],
        [null, 3, 15],
      ],
    },
    "qwen-max": { steps: [[null, 1.6, 6.4]] },
    "qwen-plus": {
      steps: [
        [256_000, 0.4, 1.2, 4],
        [null, 1.2, 3.6, 12],
      ],
    },
    "qwen-flash": {
      steps: [
        [256_000, 0.05, 0.4],
        [null, 0.25, 2],
      ],
    },
  }),
  ...table(["international"], "CNY", chinese, {
    "qwen3.8-max": { steps: [[null, 14.988, 44.965]], cached: 1.874 },
    "qwen3.8-flash": { steps: [[null, 1.094, 3.427]], cached: 0.117 },
    "qwen3.7-max": { steps: [[null, 18.736, 56.207]] },
    "qwen3.7-plus": {
      steps: [
        [256_000, 2.998, 11.991],
        [null, 8.993, 35.972],
      ],
    },
    "qwen3.7-flash": {
      steps: [
        [32_000, 0.225, 0.974],
        [256_000, 0.749, 2.998],
        [null, 1.499, 5.995],
      ],
    },
    "qwen3.6-plus": {
      steps: [
        [256_000, 3.7471, 22.4826],
        [null, 14.9884, 44.965],
      ],
    },
    "qwen3.5-plus": {
      steps: [
        [256_000, 2.936, 17.614],
        [null, 3.67, 22.018],
      ],
    },
    "qwen3.5-flash": { steps: [[null, 0.734, 2.936]] },
    "qwen3-max": {
      steps: [
        [32_000, 8.807, 44.035],
        [128_000, 17.614, 88.071],
        [null, 22.018, 110.089],
      ],
    },
    "qwen-max": { steps: [[null, 11.743, 46.971]] },
    "qwen-plus": {
      steps: [
        [256_000, 2.936, 8.807, 29.357],
        [null, 8.807, 26.421, 88.071],
      ],
    },
    "qwen-flash": {
      steps: [
        [256_000, 0.367, 2.936],
        [null, 1.835, 14.678],
      ],
    },
  }),
  ...table(["us"], "CNY", chinese, {
    "qwen3.8-max": { steps: [[null, 14.988, 44.965]] },
    "qwen3.8-flash": { steps: [[null, 1.094, 3.427]] },
    "qwen-plus": { steps: [[null, 2.936, 8.807, 29.357]] },
    "qwen-flash": { steps: [[null, 0.367, 2.936]] },
  }),
  ...table(["eu"], "CNY", `${chinese}; of a longer qwen3-max input only the first price is known`, {
    "qwen3-max": { steps: [[null, 8.993, 44.965]] },
    "qwen-plus": { steps: [[null, 2.998, 8.993, 29.977]] },
    "qwen3.5-flash": { steps: [[null, 0.749, 2.998]] },
  }),
  ...table(["japan"], "CNY", chinese, {
    "qwen3.7-plus": { steps: [[null, 2.998, 11.991]] },
  }),
];
