import type { QueryClient } from "@tanstack/react-query";
import { joinChanges, type LibraryChange } from "../../core/contract/library-change.ts";
import type { RouteName } from "../../core/contract/routes.ts";
import type { Ipc } from "./ipc.ts";
import { showMessage } from "../ui/messages.ts";
import { applyLibraryChange, askLibraryAgain } from "./live-library.ts";
import { routeKey } from "./routes.ts";

const changePause = 250;

/** Keeps cached answers true while main tells of changes. Returns the function that stops it. */
export function followEvents(ipc: Ipc, client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let change: LibraryChange | null = null;
  const askAgain = (names: readonly RouteName[]) => {
    for (const name of names) void client.invalidateQueries({ queryKey: routeKey(name) });
  };
  const stops = [
    ipc.on("library-progress", (progress) => client.setQueryData(routeKey("library.progress"), progress)),
    // While thousands of files come in, one question a quarter second is enough.
    ipc.on("library-changed", (more) => {
      change = joinChanges(change, more);
      timer ??= setTimeout(() => {
        timer = undefined;
        const joined = change ?? more;
        change = null;
        // A row that could not be had now is asked for with its list.
        applyLibraryChange(ipc, client, joined).catch(() => askLibraryAgain(client));
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
      askLibraryAgain(client);
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
