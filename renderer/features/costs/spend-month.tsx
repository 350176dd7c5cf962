import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SpendReport } from "../../../core/contract/costs.ts";
import { formatCount, formatDay, formatMoney } from "../../ui/formatting.ts";
import { groupSpend, spendGroups, type SpendGroup } from "./group-spend.ts";
import { SpendPlot } from "./spend-plot.tsx";

/** The month as a plot of its days, and as a table by provider, model or day. */
export function SpendMonth({ report }: { report: SpendReport }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<SpendGroup>("provider");
  const lines = groupSpend(report.rows, by);
  const count = (value: number) => formatCount(value, i18n.language);
  return (
    <section className="spend-month" aria-labelledby="spend-month">
      <h2 id="spend-month" className="only-heard">
        {t("costs.perDay")}
      </h2>
      {report.totals
        .filter(({ micros }) => micros > 0)
        .map(({ currency }) => (
          <SpendPlot key={currency} report={report} currency={currency} />
        ))}
      <SegmentedControl
        size="xs"
        aria-label={t("costs.by")}
        value={by}
        onChange={setBy}
        data={spendGroups.map((value) => ({ value, label: t(`costs.${value}`) }))}
      />
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t(`costs.${by}`)}</th>
            <th scope="col">{t("costs.requests")}</th>
            <th scope="col">{t("costs.tokensIn")}</th>
            <th scope="col">{t("costs.tokensOut")}</th>
            <th scope="col">{t("costs.cost")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.key} ${line.currency}`}>
              <th scope="row">{by === "day" ? formatDay(line.key, i18n.language) : line.key}</th>
              <td>{count(line.requests)}</td>
              <td>{count(line.inputTokens)}</td>
              <td>{count(line.outputTokens)}</td>
              <td>
                {line.isEstimated && (
                  <span className="estimate-mark" title={t("costs.estimated")}>
                    <span aria-hidden="true">≈ </span>
                    <span className="only-heard">{t("costs.estimated")}</span>
                  </span>
                )}
                {formatMoney(line.micros / 1e6, line.currency, i18n.language)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {report.totals.map(({ currency, micros }) => (
            <tr key={currency}>
              <th scope="row" colSpan={4}>
                {t("costs.total")}
              </th>
              <td>{formatMoney(micros / 1e6, currency, i18n.language)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
      {lines.some(({ isEstimated }) => isEstimated) && (
        <p className="quiet small">≈ {t("costs.estimatedText")}</p>
      )}
    </section>
  );
}
