import { ActionIcon } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./costs.css";
import { useDesk } from "../../app/context.tsx";
import { UnreadableSettings } from "../../app/unreadable-settings.tsx";
import { routeKey } from "../../app/routes.ts";
import { formatDay, formatMoney } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { BudgetForm } from "./budget-form.tsx";
import { BudgetState } from "./budget-state.tsx";
import { ExpectedUse } from "./expected-use.tsx";
import { Prices } from "./prices.tsx";
import { monthFrom } from "./group-spend.ts";
import { SpendMonth } from "./spend-month.tsx";

/** Costs: the month so far and where it leads, what a use would cost, and the budget that stops it. */
export function CostsScreen() {
  const { t, i18n } = useTranslation();
  const { ipc } = useDesk();
  const [month, setMonth] = useState<string | null>(null);
  const input = month === null ? {} : { month };
  const report = useQuery({
    queryKey: routeKey("costs.report", input),
    queryFn: () => ipc.call("costs.report", input),
    refetchOnMount: "always",
    placeholderData: keepPreviousData,
  }).data;
  if (!report) return <main className="screen" aria-label={t("costs.title")} />;
  const name = formatDay(report.month, i18n.language);
  const isNow = month === null;
  const money = (micros: number, currency: string) => formatMoney(micros / 1e6, currency, i18n.language);
  return (
    <main className="screen" aria-labelledby="costs-title">
      <ScreenHead id="costs-title" title={t("costs.title")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("costs.previous")}
          onClick={() => setMonth(monthFrom(report.month, -1))}
        >
          <Icon name="left" />
        </ActionIcon>
        <span className="month-name count" aria-live="polite">
          {name}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("costs.next")}
          disabled={isNow}
          onClick={() => {
            const next = monthFrom(report.month, 1);
            setMonth(next >= currentMonth() ? null : next);
          }}
        >
          <Icon name="right" />
        </ActionIcon>
      </ScreenHead>
      <div className="screen-scroll">
        <div className="costs-page">
          <p className="quiet">{t("costs.lead")}</p>
          <UnreadableSettings />
          {isNow && <BudgetState report={report} />}
          {report.rows.length === 0 ? (
            <p className="costs-none">{t("costs.none", { month: name })}</p>
          ) : (
            <>
              <dl className="costs-totals">
                {report.totals.map(({ currency, micros, forecastMicros }) => (
                  <div key={currency}>
                    <dt>{isNow ? t("costs.soFar", { month: name }) : name}</dt>
                    <dd className="count">{money(micros, currency)}</dd>
                    {isNow && (
                      <dd className="quiet count">
                        {t("costs.forecast")}:{" "}
                        {t("costs.forecastValue", { cost: money(forecastMicros, currency) })}
                      </dd>
                    )}
                  </div>
                ))}
              </dl>
              <SpendMonth report={report} />
            </>
          )}
          <BudgetForm key={JSON.stringify(report.budget)} budget={report.budget} />
          <Prices />
          <ExpectedUse />
        </div>
      </div>
    </main>
  );
}

/** This calendar month here, YYYY-MM. */
function currentMonth(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
}
