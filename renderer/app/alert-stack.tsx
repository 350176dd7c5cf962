import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { useAction, useRoute } from "./routes.ts";

/** What the person should know although they asked for nothing: it stands above every screen until closed. */
export function AlertStack() {
  const { t } = useTranslation();
  const alerts = useRoute("alerts.list").data ?? [];
  const dismiss = useAction("alerts.dismiss");
  return (
    <div className="alert-stack" role="alert">
      {alerts.map(({ kind, path }) => (
        <div className="message-row" data-kind="failure" key={kind}>
          <Icon name="alert" />
          <span>{t(`alerts.${kind}`, { path })}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("common.close")}
            onClick={() => dismiss.mutate({ kind })}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
