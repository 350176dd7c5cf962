import { useTranslation } from "react-i18next";
import type { Currency, SpendReport } from "../../../core/contract/costs.ts";
import { formatDay, formatMoney } from "../../ui/formatting.ts";
import { dayBars, niceTop } from "./group-spend.ts";

const width = 720;
const height = 168;
const edge = { left: 64, right: 8, top: 12, bottom: 24 };
const lines = [0, 0.5, 1];

interface SpendPlotProps {
  readonly report: SpendReport;
  readonly currency: Currency;
}

/** Cost per day as bars. Its numbers stand in the table beside it. */
export function SpendPlot({ report, currency }: SpendPlotProps) {
  const { t, i18n } = useTranslation();
  const bars = dayBars(report, currency);
  const top = niceTop(Math.max(...bars.map(({ micros }) => micros)));
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const pace = inner.width / bars.length;
  const y = (micros: number) => edge.top + inner.height * (1 - micros / top);
  const money = (micros: number) => formatMoney(micros / 1e6, currency, i18n.language);
  return (
    <figure className="spend-plot">
      <figcaption className="quiet small">
        {t("costs.perDay")} ({currency})
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t("costs.plotLabel", { currency, month: formatDay(report.month, i18n.language) })}
      >
        {lines.map((share) => (
          <g key={share}>
            <line
              x1={edge.left}
              x2={width - edge.right}
              y1={y(top * share)}
              y2={y(top * share)}
              className="plot-line"
            />
            <text x={edge.left - 8} y={y(top * share) + 4} textAnchor="end">
              {money(top * share)}
            </text>
          </g>
        ))}
        {bars.map(({ day, micros }, index) => (
          <g key={day}>
            {micros > 0 && (
              <rect
                className="plot-bar"
                x={edge.left + index * pace + pace * 0.18}
                width={pace * 0.64}
                y={y(micros)}
                height={Math.max(1, edge.top + inner.height - y(micros))}
                rx={2}
              >
                <title>{`${formatDay(day, i18n.language)}: ${money(micros)}`}</title>
              </rect>
            )}
            {(index === 0 || (index + 1) % 5 === 0) && (
              <text x={edge.left + (index + 0.5) * pace} y={height - 6} textAnchor="middle">
                {index + 1}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
