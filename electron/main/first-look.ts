import { readJson } from "../../core/store/safe-json.ts";
import { languageFor, type Language } from "./native-texts.ts";

/** What the window's first picture depends on. */
export interface FirstLook {
  readonly theme: "system" | "light" | "dark";
  readonly language: Language;
  readonly isFirstRunDone: boolean;
}

const themes: readonly unknown[] = ["system", "light", "dark"] satisfies FirstLook["theme"][];

/**
 * Reads it out of settings.json as `openSettings` would, without the schema and all that comes with it: the window opens
 * before those are there. `locale` is the system's.
 */
export function readFirstLook(settingsFile: string, locale: string): FirstLook {
  const stored = readJson(settingsFile);
  const settings = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const { theme, language, firstRunDone } = settings;
  return {
    theme: themes.includes(theme) ? (theme as FirstLook["theme"]) : "system",
    language: languageFor(language === "en" || language === "zh-CN" ? language : "system", locale),
    isFirstRunDone: firstRunDone === true,
  };
}
