import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";

interface DoorSetUpProps {
  readonly reach: "cloud" | "organisation";
  /** False until the library can keep a key. */
  readonly isReady: boolean;
  readonly onOpen: () => void;
}

/** The way through a door that leads off this device: set-up, or what is set up behind it. */
export function DoorSetUp({ reach, isReady, onOpen }: DoorSetUpProps) {
  const { t } = useTranslation();
  const providers = useRoute("providers.list", undefined, { enabled: isReady }).data ?? [];
  const found = providers.find((config) =>
    reach === "cloud" ? config.reach === "cloud" : config.reach !== "cloud",
  );
  if (found)
    return (
      <div className="door-state" data-set-up>
        <Icon name="check" size={14} />
        <span>
          {t("firstRun.ready", { name: found.name })}
          <span className="door-note">{t("firstRun.cloudNote")}</span>
        </span>
      </div>
    );
  return (
    <div className="door-state">
      <Button
        size="xs"
        variant="default"
        disabled={!isReady}
        aria-label={t("tier.setUpOne", { tier: t(`firstRun.${reach}.name`) })}
        onClick={onOpen}
      >
        {t("firstRun.setUp")}
      </Button>
      {!isReady && <span>{t("firstRun.keyBefore")}</span>}
    </div>
  );
}
