import { Button, NumberInput, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { currencies, type Budget } from "../../../core/contract/costs.ts";
import { routeKey, useAction } from "../../app/routes.ts";
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
        void client.invalidateQueries({ queryKey: routeKey("costs.report") });
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
          onChange={(currency) => currency && setDraft({ ...draft, currency })}
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
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("costs.save")}
        </Button>
      </form>
      {isCrossed && <p className="quiet small">{t("costs.stopUnderWarn")}</p>}
    </section>
  );
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
