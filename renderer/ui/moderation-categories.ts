import { useTranslation } from "react-i18next";

/** Categories of moderation in words; one that has none yet is named as it is. */
export function useModerationCategories(): (categories: readonly string[]) => string {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  return (categories) =>
    list.format(
      categories.map((one) => {
        const key = `moderation.${one}`;
        return i18n.exists(key) ? t(key as "moderation.violence") : one;
      }),
    );
}
