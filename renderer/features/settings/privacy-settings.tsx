import { Button, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useGo } from "../../app/context.tsx";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { PersonalMemory } from "./personal-memory.tsx";
import { SettingRow } from "../../ui/setting-row.tsx";
import { useSettings } from "./use-settings.ts";

export function PrivacySettings() {
  const { t } = useTranslation();
  const vault = useRoute("vault.status").data;
  return (
    <>
      <SettingRow label={t("settings.privacy.leaves")} text={t("settings.privacy.leavesText")}>
        <LeftSoFar />
      </SettingRow>
      <KeptDays />
      {vault?.state === "open" && (
        <SettingRow
          label={t("settings.privacy.key")}
          text={t(`settings.privacy.protectionText.${vault.protection}`)}
        >
          <span
            className="reach-words"
            data-kind={vault.protection === "development" ? "warning" : undefined}
          >
            <Icon name={vault.protection === "development" ? "alert" : "key"} />
            {t(`settings.privacy.protection.${vault.protection}`)}
          </span>
        </SettingRow>
      )}
      <PersonalMemory />
    </>
  );
}

/** How many calls left, and the way to what was in them. */
function LeftSoFar() {
  const { t } = useTranslation();
  const go = useGo();
  const total = useRoute("ledger.list", { offset: 0, limit: 1 }, { fresh: true }).data?.total;
  if (total === undefined) return null;
  return (
    <div className="left-so-far">
      {total === 0 && <ReachMark reach="device" />}
      <span className="count">
        {total === 0 ? t("settings.privacy.nothing") : t("settings.privacy.calls", { count: total })}
      </span>
      <Button size="xs" variant="default" onClick={() => go({ screen: "privacy" })}>
        {t("settings.privacy.seeLedger")}
      </Button>
    </div>
  );
}

const choices = [7, 30, 90, 365, 0];

/** How long the ledger keeps what was sent; its rows stay. */
function KeptDays() {
  const { t } = useTranslation();
  const [{ ledgerPayloadDays }, change] = useSettings();
  const days = choices.includes(ledgerPayloadDays) ? choices : [ledgerPayloadDays, ...choices];
  return (
    <SettingRow
      label={t("settings.privacy.kept")}
      text={t("settings.privacy.keptText")}
      forId="ledger-payload-days"
    >
      <Select
        id="ledger-payload-days"
        aria-describedby="ledger-payload-days-text"
        allowDeselect={false}
        value={String(ledgerPayloadDays)}
        onChange={(value) => change({ ledgerPayloadDays: Number(value) })}
        data={days.map((count) => ({
          value: String(count),
          label: count === 0 ? t("settings.privacy.keptAlways") : t("settings.privacy.days", { count }),
        }))}
      />
    </SettingRow>
  );
}
