import type { QueryClient } from "@tanstack/react-query";
import type { RouteOutput } from "../../core/contract/routes.ts";
import type { Ipc } from "./ipc.ts";
import { routeKey } from "./routes.ts";

/**
 * Asks what the whole window stands on and keeps it, then lets the events come that were held meanwhile (`hold-events.ts`).
 * In this order: an event tells of what came after the answer, and is undone by an answer that is kept after it.
 */
export async function keepFirstAnswers(
  ipc: Ipc,
  client: QueryClient,
  releaseEvents: () => void,
): Promise<{ readonly settings: RouteOutput<"settings.get">; readonly info: RouteOutput<"app.info"> }> {
  const [settings, info, vault] = await Promise.all([
    ipc.call("settings.get"),
    ipc.call("app.info"),
    ipc.call("vault.status"),
  ]);
  client.setQueryData(routeKey("settings.get"), settings);
  client.setQueryData(routeKey("app.info"), info);
  client.setQueryData(routeKey("vault.status"), vault);
  releaseEvents();
  return { settings, info };
}
