import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useGo } from "../../app/context.tsx";
import { routeKey, useAction, useRoute } from "../../app/routes.ts";
import { formatDate } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { SettingRow, useMatchesFilter } from "./setting-row.tsx";

const shownAtOnce = 100;

export function PrivacySettings() {
  const { t } = useTranslation();
  const vault = useRoute("vault.status").data;
  return (
    <>
      <SettingRow label={t("settings.privacy.leaves")} text={t("settings.privacy.leavesText")}>
        <LeftSoFar />
      </SettingRow>
      {vault?.state === "open" && (
        <SettingRow
          label={t("settings.privacy.key")}
          text={t(`settings.privacy.protectionText.${vault.protection}`)}
        >
          <span
            className="reach-words"
            data-kind={vault.protection === "development" ? "warning" : undefined}
          >
            <Icon name={vault.protection === "development" ? "alert" : "key"} />
            {t(`settings.privacy.protection.${vault.protection}`)}
          </span>
        </SettingRow>
      )}
      <Remembered />
    </>
  );
}

/** How many calls left, and the way to what was in them. */
function LeftSoFar() {
  const { t } = useTranslation();
  const go = useGo();
  const total = useRoute("ledger.list", { offset: 0, limit: 1 }, { fresh: true }).data?.total;
  if (total === undefined) return null;
  return (
    <div className="left-so-far">
      {total === 0 && <ReachMark reach="device" />}
      <span className="count">
        {total === 0 ? t("settings.privacy.nothing") : t("settings.privacy.calls", { count: total })}
      </span>
      <Button size="xs" variant="default" onClick={() => go({ screen: "privacy" })}>
        {t("settings.privacy.seeLedger")}
      </Button>
    </div>
  );
}

/** Personal memory: what was accepted or judged, each to be forgotten. */
function Remembered() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const input = { offset: 0, limit: shownAtOnce };
  const list = useRoute("suggestions.list", input).data ?? [];
  const remove = useAction("suggestions.remove");
  const isShown = useMatchesFilter(t("memory.title"), t("memory.text"));
  if (!isShown) return null;
  return (
    <section className="remembered" aria-labelledby="remembered">
      <h3 id="remembered">{t("memory.title")}</h3>
      <p className="quiet">{t("memory.text")}</p>
      {list.length === 0 && <p className="remembered-none">{t("memory.none")}</p>}
      <ul>
        {list.map((row) => (
          <li key={row.id} className="remembered-row">
            <div>
              <strong className="clip">{row.request}</strong>
              <span className="quiet small">
                {[
                  t(`intents.${row.intent}.name`),
                  formatDate(row.createdAt, i18n.language),
                  row.accepted && t("actions.accepted"),
                  row.rating === 1 && t("actions.good"),
                  row.rating === -1 && t("actions.bad"),
                ]
                  .filter((part) => typeof part === "string")
                  .join(" · ")}
              </span>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={t("memory.forgetOne", { request: row.request })}
              onClick={() =>
                remove.mutate(
                  { id: row.id },
                  {
                    onSuccess: () => {
                      showMessage("messages.forgotten");
                      void client.invalidateQueries({ queryKey: routeKey("suggestions.list") });
                    },
                  },
                )
              }
            >
              {t("memory.forget")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
