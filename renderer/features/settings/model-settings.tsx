import { Button, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ModelRow } from "../../../core/contract/models.ts";
import { useAction, useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { ProvidersSection } from "../provider-set-up/providers-section.tsx";
import { InUse } from "./in-use.tsx";
import { IndexBuildNote } from "./index-build-note.tsx";
import { ModelItem } from "./model-item.tsx";
import { SettingRow, useMatchesFilter } from "../../ui/setting-row.tsx";
import { useSettings } from "./use-settings.ts";

export function ModelSettings() {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const models = useRoute("models.list").data ?? [];
  const importModel = useAction("models.import");
  return (
    <>
      <SettingRow label={t("tier.local")} text={t("tier.localSees")}>
        <span className="reach-words">
          <ReachMark reach="device" />
          {t("whoSees.device")}
        </span>
      </SettingRow>
      <ProvidersSection />
      <IndexBuildNote />
      <ModelGroup
        kind="generation"
        title={t("models.generation")}
        text={t("models.generationText")}
        models={models}
      />
      <SettingRow label={t("models.thinking")} text={t("models.thinkingText")} forId="thinking">
        <Switch
          id="thinking"
          aria-describedby="thinking-text"
          checked={settings.thinking}
          onChange={(event) => change({ thinking: event.currentTarget.checked })}
        />
      </SettingRow>
      <ModelGroup
        kind="embedding"
        title={t("models.embedding")}
        text={t("models.embeddingText")}
        models={models}
      />
      <SettingRow label={t("models.import")} text={t("models.importText")}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="file" />}
          loading={importModel.isPending}
          onClick={() => importModel.mutate({})}
        >
          {t("models.chooseFile")}
        </Button>
      </SettingRow>
    </>
  );
}

interface ModelGroupProps {
  readonly kind: ModelRow["kind"];
  readonly title: string;
  readonly text: string;
  readonly models: readonly ModelRow[];
}

function ModelGroup({ kind, title, text, models }: ModelGroupProps) {
  const { t } = useTranslation();
  const use = useAction("models.use");
  const rows = models.filter((model) => model.kind === kind);
  const isShown = useMatchesFilter(title, text, ...rows.map(({ name }) => name));
  if (!isShown) return null;
  const usesQuotes = kind === "generation" && rows.every(({ active }) => !active);
  return (
    <section className="model-group" aria-labelledby={`models-${kind}`}>
      <h3 id={`models-${kind}`}>{title}</h3>
      <p className="quiet">{text}</p>
      <ul>
        {kind === "generation" && (
          <li className="model-item" data-active={usesQuotes}>
            <div className="model-words">
              <strong>{t("models.quotes")}</strong>
              <span className="quiet small">{t("models.quotesText")}</span>
            </div>
            {usesQuotes ? (
              <InUse />
            ) : (
              <Button size="xs" variant="default" onClick={() => use.mutate({ modelId: null, kind })}>
                {t("models.useQuotes")}
              </Button>
            )}
          </li>
        )}
        {rows.map((model) => (
          <ModelItem key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}
