import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import type { RouteInput, RouteName, RouteOutput } from "../../core/contract/routes.ts";
import { useDesk } from "./context.tsx";

/** The cache key of a route's answer; `input` left out matches every input. */
export function routeKey<Name extends RouteName>(route: Name, input?: RouteInput<Name>): unknown[] {
  return input === undefined ? [route] : [route, input];
}

/**
 * Asks a route and keeps its answer fresh; see live-queries.ts for what makes it ask again. `fresh` asks
 * again whenever its screen is opened, for what changes without an event.
 */
export function useRoute<Name extends RouteName>(
  route: Name,
  input?: RouteInput<Name>,
  options: { enabled?: boolean; fresh?: boolean } = {},
): UseQueryResult<RouteOutput<Name>> {
  const { ipc } = useDesk();
  const call = ipc.call as (route: Name, input?: RouteInput<Name>) => Promise<RouteOutput<Name>>;
  return useQuery<RouteOutput<Name>>({
    queryKey: routeKey(route, input),
    queryFn: async () => (await call(route, input)) ?? (null as RouteOutput<Name>),
    enabled: options.enabled ?? true,
    refetchOnMount: options.fresh ? "always" : true,
  });
}

/** Runs a route that changes something; failures are shown by the one presenter in query-client.ts. */
export function useAction<Name extends RouteName>(
  route: Name,
): UseMutationResult<RouteOutput<Name>, Error, RouteInput<Name>> {
  const { ipc } = useDesk();
  const call = ipc.call as (route: Name, input?: RouteInput<Name>) => Promise<RouteOutput<Name>>;
  return useMutation({ mutationFn: (input: RouteInput<Name>) => call(route, input) });
}
