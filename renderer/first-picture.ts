import type { QueryClient } from "@tanstack/react-query";
import { defaultSettings } from "../core/contract/default-settings.ts";
import type { Language } from "./app/i18n.ts";
import { routeKey } from "./app/routes.ts";

/** The element that the window is drawn in. */
export const rootId = "root";

/** What the desk is drawn for ahead of everything else. */
export interface FirstPicture {
  readonly language: Language;
  readonly isMac: boolean;
}

/**
 * Fills in what the desk is drawn with before anything was answered: when the page is built, and once more when its
 * script takes over what it finds drawn, which must come out the same.
 */
export function drawAsFirst(client: QueryClient, { language }: FirstPicture): void {
  client.setQueryData(routeKey("settings.get"), { ...defaultSettings, language, firstRunDone: true });
  client.setQueryData(routeKey("vault.status"), { state: "opening" });
}

/** What this page came drawn for; null: it came empty. */
export function firstPictureOf(page: Document): FirstPicture | null {
  const { lang, dataset } = page.documentElement;
  const keys = dataset["drawnFor"];
  return keys === undefined ? null : { language: lang as Language, isMac: keys === "mac" };
}
