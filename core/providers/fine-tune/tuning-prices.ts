import type { PriceRow } from "../../contract/costs.ts";

const asOf = "2026-05-30";
const source = "Model Studio training and deployment price list (May 2026)";

/** CNY per million tokens and epoch of training, by base model; others have no price that is known here. */
export const trainingPrices: ReadonlyMap<string, number> = new Map([
  ["qwen3-8b", 6],
  ["qwen3-14b", 30],
  ["qwen3-32b", 40],
  ["qwen3.5-9b", 20],
  ["qwen3.5-27b", 50],
]);

export const trainingPriceAsOf = asOf;

const row = (base: string, input: number, output: number, thinkingOutput: number): PriceRow => ({
  vendor: "qwen",
  scope: "any",
  model: `${base}@lora`,
  currency: "CNY",
  validFrom: null,
  validTo: null,
  asOf,
  source,
  steps: [{ upTo: null, input, output, thinkingOutput }],
});

/** What calls to a low-rank deployment cost, paid by token, under `<base>@lora`. */
export const lowRankPrices: readonly PriceRow[] = [
  row("qwen3-8b", 0.5, 2, 5),
  row("qwen3-14b", 1, 4, 10),
  row("qwen3-32b", 2, 8, 20),
];
