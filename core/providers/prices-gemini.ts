import type { PriceRow, PriceStep } from "../contract/costs.ts";

const asOf = "2026-10-07";
const source = "Gemini API price page, as transcribed in a public plan file";

function row(
  model: string,
  steps: readonly PriceStep[],
  valid: { readonly from?: string; readonly to?: string } = {},
): PriceRow {
  return {
    vendor: "gemini",
    scope: "any",
    model,
    currency: "USD",
    validFrom: valid.from ?? null,
    validTo: valid.to ?? null,
    asOf,
    source,
    steps: [...steps],
  };
}

const flat = (input: number, output: number, cachedInput?: number): PriceStep[] => [
  { upTo: null, input, output, ...(cachedInput !== undefined && { cachedInput }) },
];

/**
 * Paid prices of Gemini per million tokens of text; thoughts are billed as output. Where no price for
 * cached input is known it counts as other input, so that an estimate is high rather than low.
 */
export const geminiPrices: readonly PriceRow[] = [
  row("gemini-3.8-flash", flat(0.75, 3.75), { to: "2026-12-31" }),
  row("gemini-3.8-flash", flat(1.5, 7.5), { from: "2027-01-01" }),
  row("gemini-3.5-flash", flat(1.5, 9, 0.15)),
  row("gemini-3.5-flash-lite", flat(0.3, 2.5)),
  row("gemini-3.1-pro-preview", [
    { upTo: 200_000, input: 2, output: 12 },
    { upTo: null, input: 4, output: 18 },
  ]),
  row("gemini-2.5-pro", [
    { upTo: 200_000, input: 1.25, output: 10, cachedInput: 0.125 },
    { upTo: null, input: 2.5, output: 15 },
  ]),
  row("gemini-2.5-flash", flat(0.3, 2.5, 0.03)),
  row("gemini-2.5-flash-lite", flat(0.1, 0.4)),
  row("gemini-embedding-2", flat(0.2, 0)),
];
