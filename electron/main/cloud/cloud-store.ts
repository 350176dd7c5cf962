import type { WriteDb } from "../../../core/store/handle.ts";
import { cloudRequests, type CloudRequests } from "../../worker/cloud-requests.ts";
import type { Link } from "../../worker/link.ts";
import type { WorkerSurface } from "../../worker/surface.ts";

/** The encrypted store as providers, costs and the ledger need it; the worker's link has this shape. */
export interface CloudStore {
  request<Name extends keyof CloudRequests>(
    name: Name,
    input: Parameters<CloudRequests[Name]>[0],
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<CloudRequests[Name]>>>;
}

/** The worker's end of it. Its link knows these requests among others, which the compiler cannot narrow down. */
export function makeLinkedCloudStore(library: Pick<Link<WorkerSurface>, "request">): CloudStore {
  return { request: library.request as unknown as CloudStore["request"] };
}

/** The same over a database of this process (the `qwill` command). */
export function makeLocalCloudStore(db: WriteDb): CloudStore {
  const requests = cloudRequests(() => db) as unknown as Record<
    string,
    (input: unknown, signal: AbortSignal) => Promise<never>
  >;
  return {
    request: async (name, input, signal) => {
      const answer = requests[name];
      if (answer === undefined) throw new Error(`no such request: ${name}`);
      return answer(input, signal);
    },
  };
}

/** For what is written down even when the person cancelled the call that it is about. */
export const always: AbortSignal = new AbortController().signal;
