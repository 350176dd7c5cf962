import { Popover } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tiers, type Tier } from "../../../core/contract/tiers.ts";
import { useObservable } from "../../ui/observable.ts";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { TierSheet } from "./tier-sheet.tsx";
import { useTierStatus } from "./use-tier-status.ts";
import { useSession } from "./session-context.ts";

/** The tier, always in sight: shield, name, where text goes. A click lists the tiers, who sees what, and costs. */
export function TierLine() {
  const { t } = useTranslation();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const tier = useObservable(session.state, (state) => state.draft.tier);
  const status = useTierStatus(tier);
  const settings = useRoute("settings.get").data;
  const models = useRoute("models.list").data ?? [];
  const model = models.find(({ id }) => id === settings?.generationModel);
  const engine =
    tier === "local"
      ? model
        ? t("tier.writtenBy", { name: model.name })
        : t("tier.quotes")
      : [t(`tierNames.${tier}`), status?.model].filter(Boolean).join(" · ");
  const choose = (next: Tier) => {
    session.edit({ tier: next });
    setOpen(false);
  };
  return (
    <Popover position="bottom-start" width={480} trapFocus returnFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <button
          type="button"
          className="tier-line"
          data-reach={status?.reach ?? "device"}
          onClick={() => setOpen((open) => !open)}
        >
          <ReachMark reach={status?.reach ?? "device"} />
          <span className="tier-words clip">{words()}</span>
          <span className="quiet clip">{engine}</span>
          <Icon name="chevron" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("tier.title")}>
        {isOpen && <TierSheet chosen={tier} tiers={tiers} onChoose={choose} />}
      </Popover.Dropdown>
    </Popover>
  );

  function words(): string {
    if (tier === "local") return t("tier.localLine");
    if (!status?.available || status.host === null)
      return t("tier.lineMissing", { tier: t(`tierNames.${tier}`) });
    return status.reach === "device"
      ? t("tier.lineDevice", { host: status.host })
      : t("tier.line", { host: status.host });
  }
}
