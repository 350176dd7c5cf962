import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProviderConfig, TierStatus } from "../../../core/contract/providers.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import { useGo } from "../../app/context.tsx";
import { useRoute } from "../../app/routes.ts";
import { DataLines } from "../../app/data-lines.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";

interface TierSheetProps {
  readonly chosen: Tier;
  readonly tiers: readonly Tier[];
  readonly onChoose: (tier: Tier) => void;
}

/** Every tier with its provider and model, who sees what, and what is known of the provider's terms. */
export function TierSheet({ chosen, tiers, onChoose }: TierSheetProps) {
  const { t } = useTranslation();
  const go = useGo();
  const statuses = useRoute("tiers.list", undefined, { fresh: true }).data ?? [];
  const providers = useRoute("providers.list", undefined, { fresh: true }).data ?? [];
  return (
    <div className="tier-sheet">
      <h2>{t("tier.title")}</h2>
      <ul>
        {tiers.map((tier) => {
          const status = statuses.find((one) => one.tier === tier);
          return status ? (
            <TierRow
              key={tier}
              status={status}
              provider={providers.find(({ name }) => name === status.provider)}
              isChosen={tier === chosen}
              onChoose={() => onChoose(tier)}
              onSetUp={() => go({ screen: "settings", group: "models" })}
            />
          ) : null;
        })}
      </ul>
      <div className="button-row">
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => go({ screen: "settings", group: "models" })}
        >
          {t("tier.manage")}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => go({ screen: "costs" })}>
          {t("tier.costs")}
        </Button>
      </div>
    </div>
  );
}

interface TierRowProps {
  readonly status: TierStatus;
  readonly provider: ProviderConfig | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onSetUp: () => void;
}

function TierRow({ status, provider, isChosen, onChoose, onSetUp }: TierRowProps) {
  const { t } = useTranslation();
  const { tier, reach, available, model, host } = status;
  const name = t(`tierNames.${tier}`);
  return (
    <li className="tier-row" data-reach={reach} aria-current={isChosen}>
      <ReachMark reach={reach} />
      <div className="tier-row-words">
        <strong>{name}</strong>
        {tier === "local" ? (
          <>
            <p>{t("tier.localSees")}</p>
            <p className="quiet">{t("tier.localCost")}</p>
          </>
        ) : (
          <>
            {available && (
              <p className="quiet small">
                {t("tier.servedBy", { provider: status.provider ?? "", model: model ?? "" })}
              </p>
            )}
            <p>{available ? t(`tier.sees_${reach}`, { host: host ?? "" }) : t(`tier.${tier}`)}</p>
            {available && provider && <DataLines provider={provider} />}
            {!available && <p className="quiet">{t("tier.missing")}</p>}
          </>
        )}
      </div>
      {isChosen ? (
        <span className="in-use">
          <Icon name="check" />
          {t("tier.chosen")}
        </span>
      ) : available ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("tier.use", { tier: name })}
          onClick={onChoose}
        >
          {t("models.use")}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("tier.setUpOne", { tier: name })}
          onClick={onSetUp}
        >
          {t("tier.setUp")}
        </Button>
      )}
    </li>
  );
}
