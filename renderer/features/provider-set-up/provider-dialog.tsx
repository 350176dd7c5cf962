import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "./providers.css";
import type { ProviderConfig, Vendor } from "../../../core/contract/providers.ts";
import { useRoute } from "../../app/routes.ts";
import { ProviderForm } from "./provider-form.tsx";

interface ProviderDialogProps {
  /** The provider being changed, "new" for another one, null while closed. */
  readonly edited: ProviderConfig | "new" | null;
  /** The kind of server a new one begins with; null: hosted Qwen. */
  readonly preferred: Vendor | null;
  readonly onClose: () => void;
}

/** Set-up of one provider; the same sheet in the settings and at the first run. */
export function ProviderDialog({ edited, preferred, onClose }: ProviderDialogProps) {
  const { t } = useTranslation();
  const vendors = useRoute("providers.vendors", undefined, { enabled: edited !== null }).data;
  const providers = useRoute("providers.list", undefined, { enabled: edited !== null }).data;
  const title =
    edited === null || edited === "new" ? t("providers.add") : t("providers.editOne", { name: edited.name });
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      title={title}
      size={640}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {edited !== null && vendors && providers && (
        <ProviderForm
          before={edited === "new" ? null : edited}
          vendors={vendors}
          taken={providers.map(({ name }) => name)}
          preferred={preferred ?? "qwen"}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
