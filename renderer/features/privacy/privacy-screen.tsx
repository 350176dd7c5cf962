import { Button, Select, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./privacy.css";
import { ledgerOutcomes, ledgerPurposes, type LedgerRow } from "../../../core/contract/ledger.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey, useAction } from "../../app/routes.ts";
import { formatBytes } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { filterLedger, ledgerLines, ledgerTotals, type LedgerFilter } from "./ledger-filter.ts";
import { ForgetButton } from "./forget-button.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { PayloadDialog } from "./payload-dialog.tsx";

const page = 500;
const noFilter: LedgerFilter = { text: "", purpose: null, outcome: null };

/** Privacy: everything that left this device, or was refused, with what was in it. */
export function PrivacyScreen() {
  const { t, i18n } = useTranslation();
  const { ipc } = useDesk();
  const [pages, setPages] = useState(1);
  const [filter, setFilter] = useState(noFilter);
  const [opened, setOpened] = useState<LedgerRow | null>(null);
  const copy = useAction("app.copy-text");
  const ledger = useQuery({
    queryKey: [...routeKey("ledger.list"), pages],
    queryFn: async () => {
      const answers = await Promise.all(
        Array.from({ length: pages }, (_, at) => ipc.call("ledger.list", { offset: at * page, limit: page })),
      );
      return { rows: answers.flatMap(({ rows }) => rows), total: answers[0]?.total ?? 0 };
    },
    refetchOnMount: "always",
    placeholderData: keepPreviousData,
  }).data;
  const shown = ledger ? filterLedger(ledger.rows, filter) : [];
  const totals = ledgerTotals(shown);
  const size = (bytes: number) => formatBytes(bytes, i18n.language);
  return (
    <main className="screen" aria-labelledby="privacy-title">
      <ScreenHead id="privacy-title" title={t("ledger.title")}>
        {ledger && ledger.total > 0 && (
          <>
            <ForgetButton rowId={null} />
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="copy" />}
              onClick={() =>
                copy.mutate(
                  { text: ledgerLines(shown) },
                  { onSuccess: () => showMessage("messages.ledgerCopied") },
                )
              }
            >
              {t("ledger.copy")}
            </Button>
          </>
        )}
      </ScreenHead>
      <div className="screen-scroll">
        <div className="ledger-page">
          <p className="quiet">{t("ledger.lead")}</p>
          {ledger?.total === 0 && (
            <section className="ledger-none" aria-label={t("ledger.none")}>
              <ReachMark reach="device" />
              <h2>{t("ledger.none")}</h2>
              <p>{t("ledger.noneText")}</p>
            </section>
          )}
          {ledger && ledger.total > 0 && (
            <>
              <div className="ledger-filter">
                <TextInput
                  type="search"
                  size="xs"
                  aria-label={t("ledger.filter")}
                  placeholder={t("ledger.filter")}
                  leftSection={<Icon name="search" />}
                  value={filter.text}
                  onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
                />
                <Select
                  size="xs"
                  aria-label={t("ledger.purpose")}
                  value={filter.purpose ?? ""}
                  data={[
                    { value: "" as const, label: t("ledger.everyPurpose") },
                    ...ledgerPurposes.map((value) => ({ value, label: t(`ledger.purposes.${value}`) })),
                  ]}
                  onChange={(value) => setFilter({ ...filter, purpose: value ? value : null })}
                />
                <Select
                  size="xs"
                  aria-label={t("ledger.outcome")}
                  value={filter.outcome ?? ""}
                  data={[
                    { value: "" as const, label: t("ledger.everyOutcome") },
                    ...ledgerOutcomes.map((value) => ({
                      value,
                      label: t(`ledger.outcomes.${value}`),
                    })),
                  ]}
                  onChange={(value) => setFilter({ ...filter, outcome: value ? value : null })}
                />
                <span className="quiet small count grow" aria-live="polite">
                  {t("ledger.totals", {
                    calls: t("ledger.calls", { count: shown.length }),
                    sent: size(totals.sent),
                    received: size(totals.received),
                  })}
                </span>
              </div>
              {shown.length === 0 ? (
                <p className="ledger-no-match">{t("ledger.noneMatch")}</p>
              ) : (
                <LedgerTable rows={shown} onOpen={setOpened} />
              )}
              {ledger.rows.length < ledger.total && (
                <Button size="xs" variant="default" onClick={() => setPages(pages + 1)}>
                  {t("ledger.more")}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
      <PayloadDialog row={opened} onClose={() => setOpened(null)} />
    </main>
  );
}
