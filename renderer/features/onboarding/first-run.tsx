import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./onboarding.css";
import { isCancel } from "../../../core/contract/errors.ts";
import type { Vendor } from "../../../core/contract/providers.ts";
import type { Reach } from "../../../core/contract/tiers.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey, useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { showFailure } from "../../ui/messages.ts";
import { ReachMark } from "../../ui/reach-mark.tsx";
import { ProviderDialog } from "../provider-set-up/provider-dialog.tsx";
import { DoorSetUp } from "./door-set-up.tsx";
import { KeyChoice } from "./key-choice.tsx";
import { WhoSees } from "./who-sees.tsx";

const doors = ["device", "cloud", "organisation"] as const satisfies readonly Reach[];
/** The kind of server a door's set-up begins with. */
const behindDoor: Record<"cloud" | "organisation", Vendor> = { cloud: "qwen", organisation: "vllm" };

/** First run: where the work is done, who sees what, and documents to begin with. No account. */
export function FirstRun() {
  const { t } = useTranslation();
  const { ipc, windowState } = useDesk();
  const client = useQueryClient();
  const vault = useRoute("vault.status").data;
  const [isBusy, setBusy] = useState(false);
  const [door, setDoor] = useState<"cloud" | "organisation" | null>(null);
  const isReady = vault?.state === "open";

  const finish = async () => {
    const settings = await ipc.call("settings.update", { firstRunDone: true });
    client.setQueryData(routeKey("settings.get"), settings);
  };
  const run = (work: () => Promise<unknown>) => async () => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      if (!isCancel(error)) showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const withSample = run(async () => {
    await ipc.call("library.add-sample");
    windowState.set((state) => ({ ...state, sampleAdded: true }));
    await finish();
  });
  const withFolder = run(async () => {
    const [first] = await ipc.call("collections.list");
    const collection =
      first ?? (await ipc.call("collections.create", { name: t("library.defaultCollection") }));
    const { added } = await ipc.call("library.add-folder", { collectionId: collection.id });
    if (added === 0) return;
    await finish();
    windowState.set((state) => ({ ...state, place: { screen: "library", view: "files" } }));
  });

  return (
    <main className="first-run" aria-labelledby="first-run-title">
      <div className="first-run-sheet">
        <header>
          <h1 id="first-run-title">{t("firstRun.title")}</h1>
          <p className="lead">{t("firstRun.lead")}</p>
        </header>
        <section aria-labelledby="doors-title">
          <h2 id="doors-title">{t("firstRun.doors")}</h2>
          <ul className="doors">
            {doors.map((reach) => (
              <li key={reach} className="door" data-open={reach === "device"} data-reach={reach}>
                <ReachMark reach={reach} />
                <h3>{t(`firstRun.${reach}.name`)}</h3>
                <p>{t(`firstRun.${reach}.text`)}</p>
                {reach === "device" ? (
                  <p className="door-state">
                    <Icon name="check" size={14} />
                    {t("firstRun.chosen")}
                  </p>
                ) : (
                  <DoorSetUp reach={reach} isReady={isReady} onOpen={() => setDoor(reach)} />
                )}
              </li>
            ))}
          </ul>
        </section>
        <ProviderDialog
          edited={door === null ? null : "new"}
          preferred={door && behindDoor[door]}
          onClose={() => setDoor(null)}
        />
        <WhoSees />
        {vault?.state === "needs-choice" && <KeyChoice />}
        <section aria-labelledby="begin-title">
          <h2 id="begin-title">{t("firstRun.begin")}</h2>
          <div className="button-row">
            <Button
              size="md"
              disabled={!isReady || isBusy}
              leftSection={<Icon name="folder" />}
              onClick={withFolder}
            >
              {t("firstRun.folder")}
            </Button>
            <Button size="md" variant="default" disabled={!isReady || isBusy} onClick={withSample}>
              {t("firstRun.sample")}
            </Button>
            <Button
              size="md"
              variant="subtle"
              color="gray"
              disabled={!isReady || isBusy}
              onClick={run(finish)}
            >
              {t("firstRun.skip")}
            </Button>
          </div>
          <p className="quiet small">{t(isReady ? "firstRun.beginNote" : "firstRun.keyFirst")}</p>
        </section>
      </div>
    </main>
  );
}
