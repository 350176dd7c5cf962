import { Popover } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";

/** The tier, always in sight: shield, name, where text goes. A click says who sees what, and what it costs. */
export function TierLine() {
  const { t } = useTranslation();
  const settings = useRoute("settings.get").data;
  const models = useRoute("models.list").data ?? [];
  const model = models.find(({ id }) => id === settings?.generationModel);
  const engine = model ? t("tier.writtenBy", { name: model.name }) : t("tier.quotes");
  return (
    <Popover position="bottom-start" width={400} trapFocus>
      <Popover.Target>
        <button type="button" className="tier-line">
          <ReachMark reach="device" />
          <span className="tier-words">{t("tier.localLine")}</span>
          <span className="quiet clip">{engine}</span>
          <Icon name="chevron" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("tier.title")}>
        <div className="tier-sheet">
          <h2>{t("tier.title")}</h2>
          <div className="tier-row" aria-current="true">
            <ReachMark reach="device" />
            <div>
              <strong>{t("tier.local")}</strong>
              <p>{t("tier.localSees")}</p>
              <p className="quiet">{t("tier.localCost")}</p>
            </div>
            <Icon name="check" />
          </div>
          <p className="quiet small">{t("tier.others")}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
