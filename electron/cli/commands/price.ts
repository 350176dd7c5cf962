import type { Currency, ProviderPrice } from "../../../core/contract/costs.ts";
import { AppError } from "../../../core/contract/errors.ts";
import type { Session } from "../session.ts";

export interface PriceOptions {
  readonly input?: number;
  readonly output?: number;
  readonly currency?: Currency;
  readonly clear?: boolean;
}

/** `qwill provider price NAME`: what the provider is counted at; with figures, the person's own are set first. */
export async function priceCommand(
  session: Session,
  [name = ""]: string[],
  { input, output, currency, clear }: PriceOptions,
): Promise<number> {
  const figures = [input, output, currency].filter((given) => given !== undefined);
  if (figures.length % 3 !== 0 || (figures.length > 0 && clear === true)) {
    session.output.note("A price takes --input, --output and --currency together; --clear takes it away.");
    return 2;
  }
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    if (clear === true) await tiers.setPrice({ provider: name, price: null }, session.signal);
    else if (input !== undefined && output !== undefined && currency !== undefined)
      await tiers.setPrice({ provider: name, price: { currency, input, output } }, session.signal);
    const price = (await tiers.prices(session.signal)).find(({ provider }) => provider === name);
    if (price === undefined) throw new AppError("not-found");
    session.output.result(price, () => wordsOf(price));
    return 0;
  });
}

function wordsOf({ provider, model, from, price }: ProviderPrice): string {
  if (price === null)
    return `${provider}  ${model}  ${from === "own-server" ? "a server of your own: counted as nothing" : "no price is known"}`;
  const { input, output, currency, asOf } = price;
  return `${provider}  ${model}  ${input} + ${output} ${currency} per million tokens (${from === "person" ? "yours" : "shipped"}, ${asOf})`;
}
