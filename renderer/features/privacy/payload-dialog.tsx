import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LedgerRow } from "../../../core/contract/ledger.ts";
import { useAction, useRoute } from "../../app/routes.ts";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { formatBytes, formatCount, formatMilliseconds, formatTime } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { ForgetButton } from "./forget-button.tsx";

interface PayloadDialogProps {
  readonly row: LedgerRow | null;
  readonly onClose: () => void;
}

/** One call as it was: its facts, and the exact text that was sent. */
export function PayloadDialog({ row, onClose }: PayloadDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      title={t("ledger.payload")}
      size={720}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {row && <Payload row={row} onForgotten={onClose} />}
    </Modal>
  );
}

function Payload({ row, onForgotten }: { row: LedgerRow; onForgotten: () => void }) {
  const { t, i18n } = useTranslation();
  const sentence = useFailureSentence();
  const payload = useRoute("ledger.payload", { id: row.id });
  const copy = useAction("app.copy-text");
  const text = payload.data?.text;
  const size = (bytes: number) =>
    `${formatBytes(bytes, i18n.language)} (${formatCount(bytes, i18n.language)})`;
  const facts: [string, string][] = [
    [t("ledger.when"), formatTime(row.time, i18n.language)],
    [t("ledger.request"), `${row.method} ${row.origin}${row.path}`],
    [
      t("ledger.what"),
      row.tier
        ? `${t(`ledger.purposes.${row.purpose}`)} · ${t(`tierNames.${row.tier}`)}`
        : t(`ledger.purposes.${row.purpose}`),
    ],
    [t("ledger.sent"), size(row.bytesSent)],
    [t("ledger.received"), size(row.bytesReceived)],
    [
      t("ledger.result"),
      row.status === null
        ? t(`ledger.outcomes.${row.outcome}`)
        : `${t(`ledger.outcomes.${row.outcome}`)} (${row.status})`,
    ],
  ];
  if (row.milliseconds !== null)
    facts.push([t("ledger.took"), formatMilliseconds(row.milliseconds, i18n.language)]);
  facts.push([t("ledger.id"), row.requestId], [t("ledger.hash"), row.payloadHash]);
  return (
    <>
      <dl className="facts-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="count">{value}</dd>
          </div>
        ))}
      </dl>
      {row.outcome === "open" && <p className="notice">{t("ledger.openText")}</p>}
      {row.outcome === "interrupted" && <p className="notice">{t("ledger.interruptedText")}</p>}
      {payload.isError && <p className="notice">{sentence(payload.error)}</p>}
      {text === null && (
        <p className="payload-none quiet">
          {row.forgottenAt === null
            ? t("ledger.forgottenText")
            : t("ledger.forgottenOn", { when: formatTime(row.forgottenAt, i18n.language) })}
        </p>
      )}
      {text === "" && <p className="payload-none quiet">{t("ledger.payloadEmpty")}</p>}
      {text && (
        <>
          {/* It scrolls, so the keyboard has to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="payload" role="region" tabIndex={0} aria-label={t("ledger.payload")}>
            {text}
          </pre>
          <div className="dialog-buttons">
            <ForgetButton rowId={row.id} onForgotten={onForgotten} />
            <Button
              variant="default"
              leftSection={<Icon name="copy" />}
              onClick={() => copy.mutate({ text }, { onSuccess: () => showMessage("messages.copied") })}
            >
              {t("ledger.payloadCopy")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
