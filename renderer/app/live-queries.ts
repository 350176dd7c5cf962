import type { QueryClient } from "@tanstack/react-query";
import type { RouteName } from "../../core/contract/routes.ts";
import type { Ipc } from "./ipc.ts";
import { showMessage } from "../ui/messages.ts";
import { routeKey } from "./routes.ts";

const libraryRoutes: readonly RouteName[] = [
  "library.files",
  "library.folders",
  "collections.list",
  "documents.get",
  "documents.list",
  "documents.passages",
];
const changePause = 250;

/** Keeps cached answers true while main tells of changes. Returns the function that stops it. */
export function followEvents(ipc: Ipc, client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const askAgain = (names: readonly RouteName[]) => {
    for (const name of names) void client.invalidateQueries({ queryKey: routeKey(name) });
  };
  const stops = [
    ipc.on("library-progress", (progress) => client.setQueryData(routeKey("library.progress"), progress)),
    // While thousands of files come in, one question a quarter second is enough.
    ipc.on("library-changed", () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        askAgain(libraryRoutes);
      }, changePause);
    }),
    ipc.on("models-changed", () => askAgain(["models.list"])),
    ipc.on("index-build", ({ build }) => client.setQueryData(["index-build"], build)),
    ipc.on("settings-changed", (settings) => {
      client.setQueryData(routeKey("settings.get"), settings);
      askAgain(["tiers.list", "tiers.choices"]);
    }),
    ipc.on("vault-changed", (status) => {
      client.setQueryData(routeKey("vault.status"), status);
      askAgain(libraryRoutes);
    }),
    ipc.on("alerts-changed", (alerts) => client.setQueryData(routeKey("alerts.list"), alerts)),
    ipc.on("worker-restarted", () => {
      void client.invalidateQueries();
      showMessage("messages.workerRestarted");
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
