import { ActionIcon, Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProviderConfig, TierChoices } from "../../../core/contract/providers.ts";
import { useAction, useRoute } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DataLines } from "../../app/data-lines.tsx";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { ConnectionResult } from "./connection-result.tsx";
import { chosenTiers } from "./tier-names.ts";
import { useAskAgain } from "./use-providers.ts";

interface ProviderItemProps {
  readonly config: ProviderConfig;
  readonly choices: TierChoices | undefined;
  readonly onEdit: () => void;
}

/** One provider: what it is, where text goes, which tiers it serves; test, edit, remove. */
export function ProviderItem({ config, choices, onEdit }: ProviderItemProps) {
  const { t, i18n } = useTranslation();
  const [isRemoving, setRemoving] = useState(false);
  const test = useAction("providers.test");
  const remove = useAction("providers.remove");
  const askAgain = useAskAgain();
  const vendor = useRoute("providers.vendors").data?.find((card) => card.vendor === config.vendor);
  const { name } = config;
  const served = chosenTiers.filter((tier) => choices?.[tier] === name).map((tier) => t(`tierNames.${tier}`));
  const tiers = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(served);
  const facts = [
    vendor?.name ?? config.vendor,
    config.model,
    config.baseUrl && URL.canParse(config.baseUrl) ? new URL(config.baseUrl).host : null,
  ].filter(Boolean);
  return (
    <li className="provider-item">
      <div className="model-item">
        <ReachMark reach={config.reach} />
        <div className="model-words">
          <strong>{name}</strong>
          <span className="quiet small">{facts.join(" · ")}</span>
          <span className="small">
            {t(`reach.${config.reach}`)} ·{" "}
            {served.length > 0 ? t("providers.serves", { tiers }) : t("providers.servesNone")}
          </span>
          <DataLines provider={config} />
        </div>
        <div className="model-buttons">
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            aria-label={t("providers.testOne", { name })}
            onClick={() => test.mutate({ name })}
          >
            {t("providers.test")}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("providers.editOne", { name })}
            onClick={onEdit}
          >
            <Icon name="edit" />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("models.remove", { name })}
            onClick={() => setRemoving(true)}
          >
            <Icon name="trash" />
          </ActionIcon>
        </div>
      </div>
      {test.data && <ConnectionResult test={test.data} model={config.model} />}
      <ConfirmDialog
        opened={isRemoving}
        title={t("providers.removeOne", { name })}
        text={t("providers.removeText")}
        confirm={t("providers.remove")}
        isLoss
        onClose={() => setRemoving(false)}
        onConfirm={() =>
          remove.mutate(
            { name },
            {
              onSuccess: () => showMessage("messages.providerRemoved"),
              onSettled: () => void askAgain(),
            },
          )
        }
      />
    </li>
  );
}
