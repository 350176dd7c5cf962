import { useTranslation } from "react-i18next";
import type { ConnectionTest } from "../../../core/contract/providers.ts";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { formatMilliseconds } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";

/** What a connection test found, in words. */
export function ConnectionResult({ test, model }: { test: ConnectionTest; model: string }) {
  const { t, i18n } = useTranslation();
  const sentence = useFailureSentence();
  if (test.failure)
    return (
      <p className="notice" data-kind="danger" role="alert">
        <Icon name="alert" />
        <span>{sentence(test.failure)}</span>
      </p>
    );
  // Before a model is chosen there is none to miss.
  const isMissing = test.modelListed === false && model !== "";
  const words = [
    t("providers.tested", { time: formatMilliseconds(test.milliseconds, i18n.language) }),
    test.models.length > 0 && t("providers.testedModels", { count: test.models.length }),
    isMissing && t("providers.notListed", { model }),
  ].filter((part) => typeof part === "string");
  return (
    <p className="notice" data-kind={isMissing ? "warning" : "good"} role="status">
      <Icon name={isMissing ? "alert" : "check"} />
      <span>{words.join(i18n.language === "en" ? " " : "")}</span>
    </p>
  );
}
