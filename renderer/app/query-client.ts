import { MutationCache, QueryClient } from "@tanstack/react-query";
import { isCancel } from "../../core/contract/errors.ts";
import { showFailure } from "../ui/messages.ts";

/** Answers stay until an event says otherwise: the other side is this same machine. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError(error) {
        if (!isCancel(error)) showFailure(error);
      },
    }),
    defaultOptions: {
      queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}
