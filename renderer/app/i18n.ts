import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type en from "./languages/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** The sentences of one language, by key. */
export type Catalogue = typeof en;

/** Another language is one more file here, and its name in the contract's `language` setting. */
export const catalogues = {
  en: () => import("./languages/en.json").then((file) => file.default),
  // The same keys but for plurals, which Chinese does not have; a test holds it.
  "zh-CN": () => import("./languages/zh-CN.json").then((file) => file.default as unknown as Catalogue),
} as const;
export type Language = keyof typeof catalogues;

/** i18next with one catalogue of this folder; no other is read before it is chosen. */
export function makeI18n(language: Language, catalogue: Catalogue): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: Object.keys(catalogues),
    initAsync: false,
    // React escapes; i18next escaping too would show &amp; to people.
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: catalogue } },
  });
  return instance;
}

/** Changes the window's language; reads the catalogue first where it is not there yet. */
export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, "translation")) {
    instance.addResourceBundle(language, "translation", await catalogues[language]());
  }
  await instance.changeLanguage(language);
}
