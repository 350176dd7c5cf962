import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { VaultStatus } from "../../../core/contract/app.ts";
import { routeKey, useAction } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";

/** No keyring on this machine: explains the key in a file, and waits for a yes or a keyring. */
export function KeyChoice() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const agree = useAction("vault.use-development-key");
  const retry = useAction("vault.retry");
  const keep = (status: VaultStatus) => client.setQueryData(routeKey("vault.status"), status);
  return (
    <section className="key-choice" aria-label={t("vault.choiceTitle")}>
      <Icon name="key" size={20} />
      <div>
        <p>{t("vault.choiceWhy")}</p>
        <p>{t("vault.choiceRisk")}</p>
        <div className="button-row">
          <Button
            loading={retry.isPending}
            variant="default"
            onClick={() => retry.mutate(undefined, { onSuccess: keep })}
          >
            {t("vault.lookAgain")}
          </Button>
          <Button loading={agree.isPending} onClick={() => agree.mutate(undefined, { onSuccess: keep })}>
            {t("vault.agree")}
          </Button>
        </div>
      </div>
    </section>
  );
}
