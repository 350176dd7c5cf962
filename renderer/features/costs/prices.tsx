import { Button, NumberInput, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { currencies, type Currency, type ProviderPrice } from "../../../core/contract/costs.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey, useAction } from "../../app/routes.ts";
import { formatDay, formatMoney } from "../../ui/formatting.ts";
import { showMessage } from "../../ui/messages.ts";

/** What each provider is counted at, and the person's own price where none is known or theirs is another. */
export function Prices() {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const [asked, setAsked] = useState<string | null>(null);
  const prices =
    useQuery({
      queryKey: routeKey("costs.prices"),
      queryFn: () => ipc.call("costs.prices"),
      refetchOnMount: "always",
    }).data ?? [];
  if (prices.length === 0) return null;
  const open = prices.find(({ provider }) => provider === asked);
  return (
    <section className="costs-part" aria-labelledby="prices-title">
      <h2 id="prices-title">{t("costs.prices")}</h2>
      <p className="quiet">{t("costs.pricesText")}</p>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("costs.provider")}</th>
            <th scope="col" className="words">
              {t("costs.model")}
            </th>
            <th scope="col">{t("costs.priceIn")}</th>
            <th scope="col">{t("costs.priceOut")}</th>
            <th scope="col">
              <span className="only-heard">{t("costs.enterPrice")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => (
            <PriceLine key={price.provider} price={price} onAsk={() => setAsked(price.provider)} />
          ))}
        </tbody>
      </table>
      {open && <PriceForm key={open.provider} before={open} onDone={() => setAsked(null)} />}
    </section>
  );
}

function PriceLine({ price: { provider, model, from, price }, onAsk }: LineProps) {
  const { t, i18n } = useTranslation();
  const money = (amount: number, currency: Currency) => formatMoney(amount, currency, i18n.language);
  return (
    <tr>
      <th scope="row">{provider}</th>
      <td className="words">{model}</td>
      {price === null ? (
        <td colSpan={2}>{t(from === "own-server" ? "costs.ownServer" : "costs.noPrice")}</td>
      ) : (
        <>
          <td>{money(price.input, price.currency)}</td>
          <td>
            {money(price.output, price.currency)}
            <span className="quiet small price-date">
              {t(from === "person" ? "costs.priceYours" : "costs.priceOf", {
                date: formatDay(price.asOf, i18n.language),
              })}
            </span>
          </td>
        </>
      )}
      <td>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("costs.enterPriceOf", { name: provider })}
          onClick={onAsk}
        >
          {t("costs.enterPrice")}
        </Button>
      </td>
    </tr>
  );
}
interface LineProps {
  readonly price: ProviderPrice;
  readonly onAsk: () => void;
}

function PriceForm({ before, onDone }: { before: ProviderPrice; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useAction("costs.set-price");
  const { provider } = before;
  const [currency, setCurrency] = useState<Currency>(before.price?.currency ?? "USD");
  const [input, setInput] = useState<number | null>(before.price?.input ?? null);
  const [output, setOutput] = useState<number | null>(before.price?.output ?? null);
  const send = (price: { currency: Currency; input: number; output: number } | null) =>
    save.mutate(
      { provider, price },
      {
        onSuccess: () => {
          showMessage("messages.priceSaved");
          for (const route of ["costs.prices", "costs.forecast"] as const)
            void client.invalidateQueries({ queryKey: routeKey(route) });
          onDone();
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input !== null && output !== null) send({ currency, input, output });
  };
  return (
    <form className="budget-form" aria-label={t("costs.enterPriceOf", { name: provider })} onSubmit={submit}>
      <Select
        label={t("costs.priceCurrency")}
        value={currency}
        data={[...currencies]}
        onChange={(next) => next && setCurrency(next)}
      />
      <Figure label={t("costs.priceIn")} value={input} onChange={setInput} />
      <Figure label={t("costs.priceOut")} value={output} onChange={setOutput} />
      <Button
        type="submit"
        variant="default"
        disabled={input === null || output === null}
        loading={save.isPending}
      >
        {t("costs.savePrice")}
      </Button>
      {before.from === "person" && (
        <Button variant="subtle" color="gray" onClick={() => send(null)}>
          {t("costs.dropPrice")}
        </Button>
      )}
    </form>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Figure({ label, value, onChange }: FigureProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ""}
      min={0}
      max={1_000_000}
      decimalScale={6}
      allowNegative={false}
      hideControls
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}
