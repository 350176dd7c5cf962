import { Button, NumberInput, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { currencies, type Budget, type Currency } from "../../../core/contract/costs.ts";
import { routeKey, useAction } from "../../app/routes.ts";
import { formatDay } from "../../ui/formatting.ts";
import { showMessage } from "../../ui/messages.ts";

/** The month's budget: a warning, and a stop that main enforces before anything is sent. */
export function BudgetForm({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState(budget);
  const save = useAction("costs.set-budget");
  const isCrossed = draft.warnAt !== null && draft.stopAt !== null && draft.stopAt < draft.warnAt;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, {
      onSuccess: () => {
        showMessage("messages.budgetSaved");
        for (const route of ["costs.report", "settings.unreadable"] as const)
          void client.invalidateQueries({ queryKey: routeKey(route) });
      },
    });
  };
  return (
    <section className="costs-part" aria-labelledby="budget-title">
      <h2 id="budget-title">{t("costs.budget")}</h2>
      <p className="quiet">{t("costs.budgetText")}</p>
      <form className="budget-form" onSubmit={submit}>
        <Select
          label={t("costs.currency")}
          value={draft.currency}
          data={[...currencies]}
          onChange={(currency) =>
            // A rate was stated in the currency before.
            currency && currency !== draft.currency && setDraft({ ...draft, currency, rates: [] })
          }
        />
        <Amount
          label={t("costs.warnAt")}
          value={draft.warnAt}
          onChange={(warnAt) => setDraft({ ...draft, warnAt })}
        />
        <Amount
          label={t("costs.stopAt")}
          value={draft.stopAt}
          onChange={(stopAt) => setDraft({ ...draft, stopAt })}
        />
        {currencies
          .filter((currency) => currency !== draft.currency)
          .map((currency) => (
            <Rate key={currency} currency={currency} budget={draft} onChange={setDraft} />
          ))}
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("costs.save")}
        </Button>
      </form>
      {isCrossed && <p className="quiet small">{t("costs.stopUnderWarn")}</p>}
    </section>
  );
}

interface RateProps {
  readonly currency: Currency;
  readonly budget: Budget;
  readonly onChange: (budget: Budget) => void;
}

/** What another currency is worth in the budget's, as the person says. */
function Rate({ currency, budget, onChange }: RateProps) {
  const { t, i18n } = useTranslation();
  const stated = budget.rates.find((rate) => rate.currency === currency);
  const others = budget.rates.filter((rate) => rate.currency !== currency);
  return (
    <NumberInput
      label={t("costs.rate", { from: currency, to: budget.currency })}
      description={stated && t("costs.rateOf", { date: formatDay(stated.asOf, i18n.language) })}
      inputWrapperOrder={["label", "input", "description"]}
      placeholder={t("costs.noRate")}
      value={stated?.rate ?? ""}
      max={1_000_000}
      decimalScale={6}
      allowNegative={false}
      hideControls
      onChange={(next) =>
        onChange({
          ...budget,
          rates:
            typeof next === "number" && next > 0
              ? [...others, { currency, rate: next, asOf: today() }]
              : others,
        })
      }
    />
  );
}

/** This calendar day here, YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

interface AmountProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Amount({ label, value, onChange }: AmountProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={label}
      placeholder={t("costs.noLimit")}
      value={value ?? ""}
      min={0}
      decimalScale={2}
      allowNegative={false}
      hideControls
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}
