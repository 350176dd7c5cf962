import { AppError, isCancel, toFailure, type Failure } from "../../core/contract/errors.ts";
import { routes, type Handlers, type Reply, type RouteName } from "../../core/contract/routes.ts";
import { isTrusted, type Sender } from "./sender.ts";

/** Told of bugs (not of expected failures), for the log. */
export type ReportBug = (where: string, error: unknown) => void;

export interface Router {
  /** Answers one request. Never rejects: every failure is in the reply. */
  dispatch(sender: Sender, route: unknown, input: unknown, signal: AbortSignal): Promise<Reply<unknown>>;
}

/** Sender check, own-property lookup, parse, dispatch, parse, envelope. */
export function makeRouter(handlers: Handlers, reportBug: ReportBug): Router {
  return {
    dispatch: async (sender, route, input, signal) => {
      try {
        if (!isTrusted(sender)) throw new AppError("not-allowed");
        if (!isRoute(route)) throw new AppError("bad-request");
        const parsed = routes[route].input.safeParse(input);
        if (!parsed.success) throw new AppError("bad-request", { cause: parsed.error });
        const handle = handlers[route] as (input: unknown, signal: AbortSignal) => unknown;
        const value = await handle(parsed.data, signal);
        return { ok: true, value: routes[route].output.parse(value) };
      } catch (error) {
        return { ok: false, failure: failureOf(String(route), error, reportBug) };
      }
    },
  };
}

/** The failure for anything thrown; reports it when it is a bug. */
export function failureOf(where: string, error: unknown, reportBug: ReportBug): Failure {
  if (!(error instanceof AppError) && !isCancel(error)) reportBug(where, error);
  return toFailure(error);
}

function isRoute(route: unknown): route is RouteName {
  return typeof route === "string" && Object.hasOwn(routes, route);
}
