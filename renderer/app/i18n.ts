import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./languages/en.json";
import zhCn from "./languages/zh-CN.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** Another language is one more file here, and its name in the contract's `language` setting. */
export const catalogues = { en, "zh-CN": zhCn } as const;
export type Language = keyof typeof catalogues;

/** i18next with the catalogues of this folder; nothing is fetched. */
export function makeI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    supportedLngs: ["en", "zh-CN"],
    initAsync: false,
    // React escapes; i18next escaping too would show &amp; to people.
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, "zh-CN": { translation: zhCn } },
  });
  return instance;
}
