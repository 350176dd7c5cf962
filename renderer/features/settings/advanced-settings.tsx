import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { SettingRow, useMatchesFilter } from "../../ui/setting-row.tsx";
import { useSettings } from "./use-settings.ts";

export function AdvancedSettings() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  return (
    <>
      <SettingRow
        label={t("settings.advanced.passages")}
        text={t("settings.advanced.passagesText")}
        forId="passages"
      >
        <Whole
          id="passages"
          value={settings.passageLimit}
          least={1}
          most={20}
          onChange={(passageLimit) => change({ passageLimit })}
        />
      </SettingRow>
      <SettingRow
        label={t("settings.advanced.threads")}
        text={t("settings.advanced.threadsText")}
        forId="threads"
      >
        <Whole
          id="threads"
          value={settings.threads}
          least={0}
          most={64}
          onChange={(threads) => change({ threads })}
        />
      </SettingRow>
      <About />
    </>
  );
}

interface WholeProps {
  readonly id: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function Whole({ id, value, least, most, onChange }: WholeProps) {
  return (
    <NumberInput
      id={id}
      aria-describedby={`${id}-text`}
      value={value}
      min={least}
      max={most}
      allowDecimal={false}
      clampBehavior="strict"
      className="number-setting"
      onChange={(next) => typeof next === "number" && next >= least && onChange(next)}
    />
  );
}

function About() {
  const { t } = useTranslation();
  const info = useRoute("app.info").data;
  const isShown = useMatchesFilter(t("about.title"));
  if (!info || !isShown) return null;
  const facts: [string, string][] = [
    [t("about.version"), info.version],
    ["Electron", info.electron],
    ["Chromium", info.chrome],
    ["Node.js", info.node],
    [t("about.folder"), info.dataFolder],
  ];
  return (
    <section className="about" aria-labelledby="about">
      <h3 id="about">{t("about.title")}</h3>
      <p>{t("about.text")}</p>
      {info.testRuntime && (
        <p className="notice" data-kind="warning">
          <Icon name="alert" />
          <span>{t("about.testRuntime")}</span>
        </p>
      )}
      <dl className="facts-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
