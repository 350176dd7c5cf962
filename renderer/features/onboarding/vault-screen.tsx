import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "./onboarding.css";
import type { VaultStatus } from "../../../core/contract/app.ts";
import { useAction } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { KeyChoice } from "./key-choice.tsx";

/** In place of the desk while the library cannot be opened: why, that nothing is lost, what to do. */
export function VaultScreen({ status }: { status: Exclude<VaultStatus, { state: "open" }> }) {
  const { t } = useTranslation();
  const retry = useAction("vault.retry");
  if (status.state === "opening") {
    return (
      <main className="vault-screen" aria-label={t("vault.opening")}>
        <p className="only-late quiet" role="status">
          {t("vault.opening")}
        </p>
      </main>
    );
  }
  return (
    <main className="vault-screen" aria-labelledby="vault-title">
      <div className="vault-sheet">
        {status.state === "needs-choice" ? (
          <>
            <h1 id="vault-title">{t("vault.choiceTitle")}</h1>
            <KeyChoice />
          </>
        ) : (
          <>
            <h1 id="vault-title">{t("vault.lockedTitle")}</h1>
            <p role="alert">{t(`errors.${status.code}`)}</p>
            <p className="quiet">{t("vault.nothingLost")}</p>
            <Button
              leftSection={<Icon name="again" />}
              loading={retry.isPending}
              onClick={() => retry.mutate(undefined)}
            >
              {t("vault.retry")}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
