import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface SelectionBarProps {
  readonly count: number;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

/** What can be done with the chosen rows; there only while some are chosen. */
export function SelectionBar({ count, onRetry, onRemove, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div className="selection-bar" role="toolbar" aria-label={t("files.selection")}>
      <span>{t("files.selected", { count })}</span>
      <span className="grow" />
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t("files.again")}
      </Button>
      <Button size="compact-sm" variant="light" color="red" onClick={onRemove}>
        {t("library.remove")}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t("files.clear")}
      </Button>
    </div>
  );
}
