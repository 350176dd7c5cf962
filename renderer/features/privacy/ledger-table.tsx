import { useTranslation } from "react-i18next";
import type { LedgerRow } from "../../../core/contract/ledger.ts";
import { formatBytes, formatTime } from "../../ui/formatting.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";

const outcomeIcons: Record<LedgerRow["outcome"], IconName> = {
  open: "clock",
  completed: "check",
  failed: "alert",
  cancelled: "stop",
  refused: "shield",
  interrupted: "alert",
};

interface LedgerTableProps {
  readonly rows: readonly LedgerRow[];
  readonly onOpen: (row: LedgerRow) => void;
}

/** One line per call; its time opens what was in it. */
export function LedgerTable({ rows, onOpen }: LedgerTableProps) {
  const { t, i18n } = useTranslation();
  return (
    <table className="ledger">
      <caption className="only-heard">{t("ledger.table")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("ledger.when")}</th>
          <th scope="col">{t("ledger.where")}</th>
          <th scope="col">{t("ledger.what")}</th>
          <th scope="col" className="number">
            {t("ledger.sent")}
          </th>
          <th scope="col" className="number">
            {t("ledger.received")}
          </th>
          <th scope="col">{t("ledger.result")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const when = formatTime(row.time, i18n.language);
          return (
            <tr key={row.id}>
              <td>
                <button
                  type="button"
                  className="ledger-open"
                  aria-label={t("ledger.show", { origin: hostOf(row.origin), when })}
                  onClick={() => onOpen(row)}
                >
                  {when}
                </button>
              </td>
              <td className="ledger-where">
                {hostOf(row.origin)}
                <span className="quiet small">{row.path}</span>
              </td>
              <td>
                {t(`ledger.purposes.${row.purpose}`)}
                {row.tier && <span className="quiet small">{t(`tierNames.${row.tier}`)}</span>}
              </td>
              <td className="number">{formatBytes(row.bytesSent, i18n.language)}</td>
              <td className="number">{formatBytes(row.bytesReceived, i18n.language)}</td>
              <td>
                <span className="ledger-outcome" data-outcome={row.outcome}>
                  <Icon name={outcomeIcons[row.outcome]} size={14} />
                  {t(`ledger.outcomes.${row.outcome}`)}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Host and port; https is how everything goes, so only what is not says so. */
function hostOf(origin: string): string {
  return origin.replace(/^https:\/\//u, "");
}
