import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../app/context.tsx";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { Icon } from "../../ui/icon.tsx";
import { JobItem } from "./job-item.tsx";
import { jobsQuery } from "./jobs-query.ts";

/** The provider's jobs; asked about again, seldom, while one is under way and this screen is seen. */
export function JobList({ provider }: { provider: string }) {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const sentence = useFailureSentence();
  const query = useMemo(
    () => jobsQuery((name) => ipc.call("fine-tune.jobs", { provider: name }), provider),
    [ipc, provider],
  );
  const jobs = useQuery(query);
  return (
    <section className="tune-part" aria-labelledby="tune-jobs">
      <header className="tune-head">
        <h2 id="tune-jobs">{t("tune.jobs")}</h2>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="again" />}
          loading={jobs.isFetching}
          onClick={() => void jobs.refetch()}
        >
          {t("tune.refresh")}
        </Button>
      </header>
      {jobs.isError && (
        <p className="notice" data-kind="danger" role="alert">
          <Icon name="alert" />
          <span>{sentence(jobs.error)}</span>
        </p>
      )}
      {jobs.data?.length === 0 && <p>{t("tune.noJobs")}</p>}
      <ul>
        {(jobs.data ?? []).map((job) => (
          <JobItem key={job.jobId} job={job} provider={provider} />
        ))}
      </ul>
    </section>
  );
}
