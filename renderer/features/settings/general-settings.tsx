import { SegmentedControl, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../../core/contract/settings.ts";
import { SettingRow } from "../../ui/setting-row.tsx";
import { useSettings } from "./use-settings.ts";

export function GeneralSettings() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  return (
    <>
      <SettingRow label={t("settings.general.language")} forId="language">
        <Select
          id="language"
          value={settings.language}
          onChange={(language) => change({ language: language as Settings["language"] })}
          data={[
            { value: "system", label: t("settings.general.system") },
            // Each language in its own name, so that it is found by those who need it.
            { value: "en", label: "English" },
            { value: "zh-CN", label: "简体中文" },
          ]}
        />
      </SettingRow>
      <SettingRow label={t("settings.general.theme")}>
        <SegmentedControl
          aria-label={t("settings.general.theme")}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          data={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`settings.general.${value}`),
          }))}
        />
      </SettingRow>
      <SettingRow
        label={t("settings.general.battery")}
        text={t("settings.general.batteryText")}
        forId="battery"
      >
        <Switch
          id="battery"
          aria-describedby="battery-text"
          checked={settings.pauseOnBattery}
          onChange={(event) => change({ pauseOnBattery: event.currentTarget.checked })}
        />
      </SettingRow>
      <SettingRow label={t("settings.general.quit")} text={t("settings.general.quitText")} forId="quit">
        <Switch
          id="quit"
          aria-describedby="quit-text"
          checked={settings.confirmBeforeQuitWhileIndexing}
          onChange={(event) => change({ confirmBeforeQuitWhileIndexing: event.currentTarget.checked })}
        />
      </SettingRow>
    </>
  );
}
