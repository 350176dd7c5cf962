import { NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExpectedUse as Use, ForecastRow } from "../../../core/contract/costs.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey } from "../../app/routes.ts";
import { formatDay, formatMoney } from "../../ui/formatting.ts";

const fields = [
  { name: "queriesPerDay", label: "queries", most: 1_000_000, least: 0 },
  { name: "inputTokens", label: "inTokens", most: 10_000_000, least: 0 },
  { name: "outputTokens", label: "outTokens", most: 1_000_000, least: 0 },
  { name: "daysPerMonth", label: "days", most: 31, least: 1 },
] as const;
const pause = 200;

/** Queries a day × tokens × price → month, the tiers side by side. */
export function ExpectedUse() {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const [use, setUse] = useState<Use>({
    queriesPerDay: 40,
    inputTokens: 2_500,
    outputTokens: 400,
    daysPerMonth: 22,
  });
  const [settled] = useDebouncedValue(use, pause);
  const rows =
    useQuery({
      queryKey: routeKey("costs.forecast", settled),
      queryFn: () => ipc.call("costs.forecast", settled),
      refetchOnMount: "always",
      placeholderData: keepPreviousData,
    }).data ?? [];
  return (
    <section className="costs-part" aria-labelledby="expected-title">
      <h2 id="expected-title">{t("costs.expected")}</h2>
      <p className="quiet">{t("costs.expectedText")}</p>
      <div className="expected-fields">
        {fields.map(({ name, label, most, least }) => (
          <NumberInput
            key={name}
            label={t(`costs.${label}`)}
            value={use[name]}
            min={least}
            max={most}
            clampBehavior="strict"
            allowDecimal={false}
            hideControls
            thousandSeparator=","
            onChange={(next) => typeof next === "number" && next >= least && setUse({ ...use, [name]: next })}
          />
        ))}
      </div>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t("costs.tier")}</th>
            <th scope="col" className="words">
              {t("costs.provider")}
            </th>
            <th scope="col" className="words">
              {t("costs.model")}
            </th>
            <th scope="col">{t("costs.perMonth")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ForecastLine key={row.tier} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ForecastLine({ row }: { row: ForecastRow }) {
  const { t, i18n } = useTranslation();
  const isMissing = row.tier !== "local" && row.provider === null;
  return (
    <tr>
      <th scope="row">{t(`tierNames.${row.tier}`)}</th>
      <td className="words">{row.provider ?? (isMissing ? t("costs.notSetUp") : "–")}</td>
      <td className="words">{row.model ?? "–"}</td>
      <td>
        {row.tier === "local"
          ? t("costs.nothing")
          : row.monthly
            ? formatMoney(row.monthly.amount, row.monthly.currency, i18n.language)
            : isMissing
              ? "–"
              : t("costs.noPrice")}
        {row.priceAsOf && (
          <span className="quiet small price-date">
            {t("costs.priceOf", { date: formatDay(row.priceAsOf, i18n.language) })}
          </span>
        )}
      </td>
    </tr>
  );
}
