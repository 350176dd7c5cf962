import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./settings.css";
import { useGo } from "../../app/context.tsx";
import { settingsGroups, type SettingsGroup } from "../../app/navigation.ts";
import { Icon } from "../../ui/icon.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { AdvancedSettings } from "./advanced-settings.tsx";
import { GeneralSettings } from "./general-settings.tsx";
import { ModelSettings } from "./model-settings.tsx";
import { PrivacySettings } from "./privacy-settings.tsx";
import { SettingsFilterContext } from "../../ui/setting-row.tsx";

const panels: Record<SettingsGroup, () => React.JSX.Element> = {
  general: GeneralSettings,
  models: ModelSettings,
  privacy: PrivacySettings,
  advanced: AdvancedSettings,
};

/** Four groups; typing in the search shows the rows that match, of all groups. */
export function SettingsScreen({ group }: { group: SettingsGroup }) {
  const { t } = useTranslation();
  const go = useGo();
  const [typed, setTyped] = useState("");
  const filter = typed.trim().toLowerCase();
  const shown = filter === "" ? [group] : settingsGroups;
  return (
    <main className="screen" aria-labelledby="settings-title">
      <ScreenHead id="settings-title" title={t("rail.settings")}>
        <TextInput
          type="search"
          size="xs"
          aria-label={t("settings.search")}
          placeholder={t("settings.search")}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </ScreenHead>
      <div className="settings">
        <nav className="settings-groups" aria-label={t("settings.groups")}>
          {settingsGroups.map((name) => (
            <button
              key={name}
              type="button"
              className="side-row"
              aria-current={filter === "" && name === group ? "page" : undefined}
              onClick={() => {
                setTyped("");
                go({ screen: "settings", group: name });
              }}
            >
              {t(`settings.${name}.title`)}
            </button>
          ))}
        </nav>
        <div className="screen-scroll">
          <SettingsFilterContext value={filter}>
            {shown.map((name) => {
              const Panel = panels[name];
              return (
                <section key={name} className="settings-panel" aria-labelledby={`settings-${name}`}>
                  <h2 id={`settings-${name}`}>{t(`settings.${name}.title`)}</h2>
                  <Panel />
                </section>
              );
            })}
          </SettingsFilterContext>
        </div>
      </div>
    </main>
  );
}
