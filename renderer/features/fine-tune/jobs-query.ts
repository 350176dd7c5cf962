import { queryOptions } from "@tanstack/react-query";
import type { FineTuneJob } from "../../../core/contract/fine-tune.ts";
import { routeKey } from "../../app/routes.ts";
import { isUnderWay } from "./job-steps.ts";

const minute = 60_000;
const shortest = minute;
const longest = 15 * minute;

/** A provider's jobs, asked of main. */
export type AskJobs = (provider: string) => Promise<FineTuneJob[]>;

/**
 * The question for a provider's jobs. Every asking leaves rows in the ledger, so it is asked again only while the
 * window is seen and a job is under way, and less and less often while none moves on.
 */
export function jobsQuery(ask: AskJobs, provider: string) {
  let last = "";
  let unchanged = 0;
  return queryOptions({
    queryKey: routeKey("fine-tune.jobs", { provider }),
    queryFn: async () => {
      unchanged += 1;
      const jobs = await ask(provider);
      const states = JSON.stringify(jobs.map(statesOf));
      if (states !== last) unchanged = 0;
      last = states;
      return jobs;
    },
    refetchOnMount: "always",
    refetchIntervalInBackground: false,
    refetchInterval: ({ state }) =>
      (state.data ?? []).some(isUnderWay) ? Math.min(longest, shortest * 2 ** unchanged) : false,
  });
}

/** What counts as moving on: a step done within a state does not, it would be asked for every minute. */
function statesOf({ jobId, state, deployment }: FineTuneJob): unknown[] {
  return [jobId, state, deployment?.state];
}
