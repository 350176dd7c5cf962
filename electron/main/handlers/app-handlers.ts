import { app, clipboard, nativeTheme, type BrowserWindow } from "electron";
import type { Handlers } from "../../../core/contract/routes.ts";
import { openExternal } from "../external-links.ts";
import type { Library } from "../library.ts";
import type { Alerts } from "../alerts.ts";
import type { Places } from "../places.ts";
import type { SettingsFile } from "../../../core/compose/settings-file.ts";
import { languageFor, nativeTexts, type NativeTexts } from "../native-texts.ts";

export interface AppDeps {
  readonly places: Places;
  readonly settings: SettingsFile;
  readonly library: Library;
  readonly alerts: Alerts;
  readonly window: () => BrowserWindow | null;
}

/** The words of main's own dialogs in the language of now. */
export function nativeTextsNow(settings: SettingsFile): NativeTexts {
  return nativeTexts[languageFor(settings.current().language, app.getLocale())];
}

/** Routes about the application itself. */
export function appHandlers(
  deps: AppDeps,
): Pick<
  Handlers,
  | "app.info"
  | "app.open-external"
  | "app.copy-text"
  | "settings.get"
  | "settings.update"
  | "settings.unreadable"
  | "vault.status"
  | "vault.use-development-key"
  | "vault.retry"
  | "alerts.list"
  | "alerts.dismiss"
> {
  const { places, settings, library, alerts } = deps;
  return {
    "app.info": () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions["chrome"] ?? "",
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      testRuntime: places.isTestRuntime,
      language: languageFor(settings.current().language, app.getLocale()),
      dataFolder: places.data,
    }),
    "app.open-external": async ({ url }) => ({
      opened: await openExternal(url, deps.window(), nativeTextsNow(settings)),
    }),
    "app.copy-text": ({ text }) => {
      // Newer releases of Electron answer with a promise.
      void clipboard.writeText(text);
      return undefined;
    },
    "settings.get": () => settings.current(),
    "settings.unreadable": () => [...settings.unreadable()],
    "settings.update": (patch) => {
      const next = settings.update(patch);
      nativeTheme.themeSource = next.theme;
      return next;
    },
    "vault.status": () => library.status(),
    "vault.use-development-key": () => library.useDevelopmentKey(),
    "vault.retry": () => library.open(),
    "alerts.list": () => alerts.list(),
    "alerts.dismiss": ({ kind }) => {
      alerts.dismiss(kind);
      return undefined;
    },
  };
}
