import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { useDesk } from "./context.tsx";
import { routeKey } from "./routes.ts";

/** Says which stored settings cannot be read, and that setting them anew mends it. */
export function UnreadableSettings() {
  const { t, i18n } = useTranslation();
  const { ipc } = useDesk();
  const keys =
    useQuery({
      queryKey: routeKey("settings.unreadable"),
      queryFn: () => ipc.call("settings.unreadable"),
      refetchOnMount: "always",
    }).data ?? [];
  if (keys.length === 0) return null;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(keys);
  return (
    <p className="notice" data-kind="danger" role="alert">
      <Icon name="alert" />
      <span>
        {t("settings.unreadable", { names })}{" "}
        {keys.some((key) => key === "budget" || key === "prices") && t("settings.unreadableBudget")}
      </span>
    </p>
  );
}
