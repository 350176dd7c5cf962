import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./fine-tune.css";
import { useGo } from "../../app/context.tsx";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { ExampleReview } from "./example-review.tsx";
import { JobForm } from "./job-form.tsx";
import { JobList } from "./job-list.tsx";
import { KeptHere } from "./kept-here.tsx";

/** Fine-tuning: review each example, see the cost, submit, follow the job. Nothing leaves before "submit". */
export function FineTuneScreen() {
  const { t } = useTranslation();
  const go = useGo();
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const review = useRoute("fine-tune.examples", undefined, { fresh: true }).data;
  const examples = review?.examples;
  const providers = useRoute("providers.list", undefined, { fresh: true }).data;
  const hosted = (providers ?? []).filter(({ vendor }) => vendor === "qwen");
  const [chosen, setChosen] = useState<string | null>(null);
  const provider = hosted.find(({ name }) => name === chosen) ?? hosted[0];
  const kept = (examples ?? []).filter(({ id }) => !leftOut.has(id));
  const toSettings = () => go({ screen: "settings", group: "models" });
  return (
    <main className="screen" aria-labelledby="tune-title">
      <ScreenHead
        id="tune-title"
        title={t("tune.title")}
        lead={
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="left" />}
            onClick={toSettings}
          >
            {t("settings.models.title")}
          </Button>
        }
      />
      <div className="screen-scroll">
        <div className="tune-page">
          <p className="quiet">{t("tune.lead")}</p>
          {examples && examples.length === 0 && <p className="notice">{t("tune.noExamples")}</p>}
          {review && review.leftOut.length > 0 && <KeptHere leftOut={review.leftOut} />}
          {examples && examples.length > 0 && (
            <ExampleReview examples={examples} leftOut={leftOut} onChange={setLeftOut} />
          )}
          {providers && !provider && (
            <div className="tune-missing">
              <p>{t("tune.noProvider")}</p>
              <Button size="xs" variant="default" onClick={toSettings}>
                {t("tune.setUp")}
              </Button>
            </div>
          )}
          {provider && kept.length > 0 && (
            <JobForm
              key={`form ${provider.name}`}
              provider={provider}
              hosted={hosted}
              kept={kept}
              onProvider={setChosen}
            />
          )}
          {provider && <JobList key={`jobs ${provider.name}`} provider={provider.name} />}
        </div>
      </div>
    </main>
  );
}
