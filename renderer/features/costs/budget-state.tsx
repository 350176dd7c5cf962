import { useTranslation } from "react-i18next";
import type { SpendReport } from "../../../core/contract/costs.ts";
import { formatMoney } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";

/** Where the month stands in its budget, and what the budget does not see. */
export function BudgetState({ report }: { report: SpendReport }) {
  const { t, i18n } = useTranslation();
  const { budget, state, spentMicros, notCounted } = report;
  const spent = spentMicros / 1e6;
  const limit = budget.stopAt ?? budget.warnAt;
  const money = (amount: number) => formatMoney(amount, budget.currency, i18n.language);
  const currencies = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(notCounted);
  if (state === "none") return null;
  return (
    <div className="budget-state">
      <p
        className="notice"
        data-kind={state === "stopped" ? "danger" : state === "warning" ? "warning" : undefined}
        role={state === "below" ? undefined : "status"}
      >
        <Icon name={state === "below" ? "check" : "alert"} />
        <span>
          {t(`costs.states.${state}`)}{" "}
          {limit !== null && (
            <span className="count">{t("costs.used", { spent: money(spent), limit: money(limit) })}</span>
          )}
        </span>
      </p>
      {limit !== null && limit > 0 && (
        <span className="budget-bar" data-state={state} aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, (spent / limit) * 100)}%` }} />
        </span>
      )}
      {notCounted.length > 0 && (
        <p className="notice" data-kind="warning">
          <Icon name="alert" />
          <span>{t("costs.notCounted", { currencies, currency: budget.currency })}</span>
        </p>
      )}
    </div>
  );
}
