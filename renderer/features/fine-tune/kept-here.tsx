import { useTranslation } from "react-i18next";
import type { FineTuneReview } from "../../../core/contract/fine-tune.ts";
import { Icon } from "../../ui/icon.tsx";

/** Accepted suggestions that may not be uploaded, and which collection keeps each here. */
export function KeptHere({ leftOut }: { leftOut: FineTuneReview["leftOut"] }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  return (
    <details className="notice kept-here">
      <summary>
        <Icon name="alert" />
        <span>{t("tune.keptHere", { count: leftOut.length })}</span>
      </summary>
      <ul>
        {leftOut.map(({ id, request, collections }) => (
          <li key={id}>
            <span className="clip">{request}</span>{" "}
            <span className="quiet small">
              {collections.length === 0
                ? t("tune.keptUnknown")
                : t("tune.keptBy", { names: list.format(collections.map((name) => `“${name}”`)) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
