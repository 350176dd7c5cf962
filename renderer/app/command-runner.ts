import type { QueryClient } from "@tanstack/react-query";
import type { i18n } from "i18next";
import { useEffect, useRef } from "react";
import type { CommandId } from "../../core/contract/app.ts";
import { isCancel } from "../../core/contract/errors.ts";
import type { Ipc } from "./ipc.ts";
import { showFailure, showMessage } from "../ui/messages.ts";
import { useDesk, type Runner } from "./context.tsx";
import { goTo, type Place, type WindowObservable } from "./navigation.ts";
import { routeKey } from "./routes.ts";

type Handlers = Partial<Record<CommandId, () => void>>;

interface Needs {
  readonly ipc: Ipc;
  readonly client: QueryClient;
  readonly windowState: WindowObservable;
  /** What works from every screen and belongs to one of them. */
  readonly ofScreens: Handlers;
  readonly i18n: i18n;
}

/** Makes the one runner of the window. */
export function makeRunner(needs: Needs): Runner {
  const { ipc, client, windowState, ofScreens } = needs;
  const handlers = new Map<CommandId, () => void>();
  const go = (place: Place) => windowState.set((state) => goTo(state, place));

  async function addTo(route: "library.add-files" | "library.add-folder"): Promise<void> {
    const collectionId = await targetCollection(needs);
    const { added } = await ipc.call(route, { collectionId });
    await client.invalidateQueries({ queryKey: routeKey("collections.list") });
    if (added > 0) go({ screen: "library", view: "files" });
  }
  async function toggleTheme(): Promise<void> {
    const isDark = document.documentElement.dataset["mantineColorScheme"] === "dark";
    const settings = await ipc.call("settings.update", { theme: isDark ? "light" : "dark" });
    client.setQueryData(routeKey("settings.get"), settings);
  }
  const report = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      if (!isCancel(error)) showFailure(error);
    });
  };

  const everywhere: Handlers = {
    "go-suggest": () => go({ screen: "suggest" }),
    "go-library": () => go({ screen: "library", view: "files" }),
    "go-privacy": () => go({ screen: "privacy" }),
    "go-costs": () => go({ screen: "costs" }),
    "go-settings": () => go({ screen: "settings", group: "general" }),
    "test-question": () => go({ screen: "library", view: "bench" }),
    "show-shortcuts": () => go({ screen: "shortcuts" }),
    "show-about": () => go({ screen: "settings", group: "advanced" }),
    "open-palette": () => windowState.set((state) => ({ ...state, paletteOpen: true })),
    "toggle-sources": () => windowState.set((state) => ({ ...state, sourcesShown: !state.sourcesShown })),
    "toggle-theme": () => report(toggleTheme()),
    "add-files": () => report(addTo("library.add-files")),
    "add-folder": () => report(addTo("library.add-folder")),
    ...ofScreens,
  };

  return {
    run: (command) => (handlers.get(command) ?? everywhere[command])?.(),
    handle(command, handler) {
      handlers.set(command, handler);
      return () => {
        if (handlers.get(command) === handler) handlers.delete(command);
      };
    },
  };
}

/** The collection that new files go to: the one chosen, else the first, else a new one. */
async function targetCollection({ ipc, windowState, i18n }: Needs): Promise<number> {
  const chosen = windowState.get().collectionId;
  if (chosen !== null) return chosen;
  const [first] = await ipc.call("collections.list");
  if (first) return first.id;
  const made = await ipc.call("collections.create", { name: i18n.t("library.defaultCollection") });
  return made.id;
}

/** Handles a command while the calling component is on the screen. */
export function useCommand(command: CommandId, handler: () => void): void {
  const { handle } = useDesk();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => handle(command, () => latest.current()), [command, handle]);
}

/** Says that a file dialog ended with nothing to add. */
export function reportAdded(added: number): void {
  if (added === 0) showMessage("messages.nothingAdded");
}
