import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./providers.css";
import type { ProviderConfig, TierChoices } from "../../../core/contract/providers.ts";
import { useGo } from "../../app/context.tsx";
import { useAction, useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { SettingRow, useMatchesFilter } from "../../ui/setting-row.tsx";
import { ProviderDialog } from "./provider-dialog.tsx";
import { ProviderItem } from "./provider-item.tsx";
import { chosenTiers } from "./tier-names.ts";
import { useAskAgain } from "./use-providers.ts";

/** Settings: which servers may write beside this device, and which tier each of them serves. */
export function ProvidersSection() {
  const { t } = useTranslation();
  const go = useGo();
  const [edited, setEdited] = useState<ProviderConfig | "new" | null>(null);
  const providers = useRoute("providers.list", undefined, { fresh: true }).data ?? [];
  const choices = useRoute("tiers.choices", undefined, { fresh: true }).data;
  const isShown = useMatchesFilter(
    t("providers.title"),
    t("providers.text"),
    ...providers.map(({ name }) => name),
  );
  return (
    <>
      {isShown && (
        <section className="model-group" aria-labelledby="providers-title">
          <header className="group-head">
            <div>
              <h3 id="providers-title">{t("providers.title")}</h3>
              <p className="quiet">{t("providers.text")}</p>
            </div>
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="plus" />}
              onClick={() => setEdited("new")}
            >
              {t("providers.add")}
            </Button>
          </header>
          {providers.length === 0 && <p className="remembered-none">{t("providers.none")}</p>}
          <ul>
            {providers.map((config) => (
              <ProviderItem
                key={config.name}
                config={config}
                choices={choices}
                onEdit={() => setEdited(config)}
              />
            ))}
          </ul>
        </section>
      )}
      {choices && <TierRows choices={choices} providers={providers} />}
      <SettingRow label={t("providers.tuneTitle")} text={t("providers.tuneText")}>
        <Button size="xs" variant="default" onClick={() => go({ screen: "fine-tune" })}>
          {t("providers.tuneOpen")}
        </Button>
      </SettingRow>
      <ProviderDialog edited={edited} preferred={null} onClose={() => setEdited(null)} />
    </>
  );
}

interface TierRowsProps {
  readonly choices: TierChoices;
  readonly providers: readonly ProviderConfig[];
}

function TierRows({ choices, providers }: TierRowsProps) {
  const { t } = useTranslation();
  const set = useAction("tiers.set");
  const askAgain = useAskAgain();
  return (
    <>
      {chosenTiers.map((tier) => (
        <SettingRow key={tier} label={t(`tierNames.${tier}`)} text={t(`tier.${tier}`)} forId={`tier-${tier}`}>
          <Select
            id={`tier-${tier}`}
            aria-label={t("providers.tierLabel", { tier: t(`tierNames.${tier}`) })}
            aria-describedby={`tier-${tier}-text`}
            className="tier-select"
            value={choices[tier] ?? ""}
            data={[
              { value: "", label: t("providers.noProvider") },
              ...providers
                .filter(({ reach, model }) => model !== "" && (tier !== "private" || reach !== "cloud"))
                .map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={(value) =>
              set.mutate({ tier, provider: value ? value : null }, { onSettled: () => void askAgain() })
            }
          />
        </SettingRow>
      ))}
    </>
  );
}
