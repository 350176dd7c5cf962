import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FineTuneJob } from "../../../core/contract/fine-tune.ts";
import { routeKey, useAction } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { formatCount, formatShare, formatTime } from "../../ui/formatting.ts";
import { showMessage } from "../../ui/messages.ts";
import { stepsFor } from "./job-steps.ts";

/** One job: how far it is, what it cost so far, and the next step with it. */
export function JobItem({ job, provider }: { job: FineTuneJob; provider: string }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<"remove" | "deploy" | null>(null);
  const cancel = useAction("fine-tune.cancel");
  const deploy = useAction("fine-tune.deploy");
  const use = useAction("fine-tune.use");
  const remove = useAction("fine-tune.remove");
  const { name } = job;
  const input = { provider, jobId: job.jobId };
  const again = {
    onSettled: () => {
      for (const route of ["fine-tune.jobs", "tiers.list", "tiers.choices", "providers.list"] as const)
        void client.invalidateQueries({ queryKey: routeKey(route) });
    },
  };
  const steps = stepsFor(job);
  const facts = [
    t(`tune.states.${job.state}`),
    job.deployment && t(`tune.deployStates.${job.deployment.state}`),
    job.baseModel,
    job.createdAt !== null && formatTime(job.createdAt, i18n.language),
    job.tokens != null && t("tune.billed", { number: formatCount(job.tokens, i18n.language) }),
  ].filter((fact) => typeof fact === "string");
  return (
    <li className="tune-job">
      <div className="tune-job-words">
        <strong>{name}</strong>
        <span className="quiet small count">{facts.join(" · ")}</span>
        {job.state === "running" && job.progress != null && (
          <span className="tune-progress count">
            <Progress value={job.progress * 100} size={6} aria-label={t("tune.progress", { name })} />
            {formatShare(job.progress, i18n.language)}
          </span>
        )}
        {job.message && <span className="small">{job.message}</span>}
      </div>
      <div className="button-row">
        {steps.includes("cancel") && (
          <Button
            size="xs"
            variant="default"
            aria-label={t("tune.cancelOne", { name })}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(input, again)}
          >
            {t("tune.cancel")}
          </Button>
        )}
        {steps.includes("deploy") && (
          <Button
            size="xs"
            variant="default"
            aria-label={t("tune.deployOne", { name })}
            loading={deploy.isPending}
            onClick={() => setAsked("deploy")}
          >
            {t("tune.deploy")}
          </Button>
        )}
        {steps.includes("use") && (
          <Button
            size="xs"
            aria-label={t("tune.useOne", { name })}
            loading={use.isPending}
            onClick={() => use.mutate(input, { ...again, onSuccess: () => showMessage("messages.tuneUsed") })}
          >
            {t("tune.use")}
          </Button>
        )}
        {steps.includes("remove") && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t("models.remove", { name })}
            loading={remove.isPending}
            onClick={() => setAsked("remove")}
          >
            {t("tune.remove")}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asked === "deploy"}
        title={t("tune.deployOne", { name })}
        text={t("tune.deployText")}
        confirm={t("tune.deploy")}
        onClose={() => setAsked(null)}
        onConfirm={() => deploy.mutate(input, again)}
      />
      <ConfirmDialog
        opened={asked === "remove"}
        title={t("tune.removeOne", { name })}
        text={t("tune.removeText")}
        confirm={t("tune.remove")}
        isLoss
        onClose={() => setAsked(null)}
        onConfirm={() => remove.mutate(input, again)}
      />
    </li>
  );
}
