import { useTranslation } from "react-i18next";
import type { FineTuneReview } from "../../../core/contract/fine-tune.ts";
import { Icon } from "../../ui/icon.tsx";
import { VirtualList } from "../../ui/virtual-list.tsx";

const estimatedHeight = 48;

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
      <VirtualList items={leftOut} idOf={({ id }) => id} rowHeight={estimatedHeight} className="kept-list">
        {({ request, collections }) => (
          <>
            <span className="clip">{request}</span>{" "}
            <span className="quiet small">
              {collections.length === 0
                ? t("tune.keptUnknown")
                : t("tune.keptBy", { names: list.format(collections.map((name) => `“${name}”`)) })}
            </span>
          </>
        )}
      </VirtualList>
    </details>
  );
}
