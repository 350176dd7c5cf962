import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";

export function InUse() {
  const { t } = useTranslation();
  return (
    <span className="in-use">
      <Icon name="check" />
      {t("models.inUse")}
    </span>
  );
}
