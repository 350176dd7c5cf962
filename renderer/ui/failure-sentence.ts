import { useTranslation } from "react-i18next";
import { toFailure, type Failure } from "../../core/contract/errors.ts";
import { detailOf } from "./failure-detail.ts";
import { formatDuration, formatMoney } from "./formatting.ts";
import { useModerationCategories } from "./moderation-categories.ts";

/** The one place that turns a failure, or anything thrown, into the sentence a person reads. */
export function useFailureSentence(): (failure: unknown) => string {
  const { t, i18n } = useTranslation();
  const categoryWords = useModerationCategories();
  return (thrown) => {
    const failure = isFailure(thrown) ? thrown : toFailure(thrown);
    const { code, facts = {}, retryAfter } = failure;
    const detail = `errorDetails.${code}.${detailOf(failure)}`;
    const key = i18n.exists(detail) ? (detail as "errorDetails.provider-auth.key-or-region") : null;
    const words = { ...facts, ...wordsOf(facts) };
    const sentence = key ? t(key, words) : t(`errors.${code}`, words);
    if (retryAfter === undefined || retryAfter < 1000) return sentence;
    const time = formatDuration(Math.ceil(retryAfter / 1000), i18n.language);
    return i18n.language === "en"
      ? `${sentence} ${t("errorDetails.retry", { time })}`
      : `${sentence}${t("errorDetails.retry", { time })}`;
  };

  function wordsOf(facts: NonNullable<Failure["facts"]>): Record<string, string> {
    const { allowed, limit, spent, currency, categories } = facts;
    const money = (amount: unknown) =>
      typeof amount === "number" && typeof currency === "string"
        ? formatMoney(amount, currency, i18n.language)
        : "";
    return {
      allowedWords:
        allowed === "device" || allowed === "organisation" || allowed === "cloud"
          ? t(`reachPlaces.${allowed}`)
          : "",
      categoryWords: typeof categories === "string" ? categoryWords(categories.split(",")) : "",
      limitWords: money(limit),
      spentWords: money(spent),
    };
  }
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "code" in value && !(value instanceof Error);
}
