import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../app/context.tsx";
import { goBack, type DocumentTarget } from "../../app/navigation.ts";
import { useRoute } from "../../app/routes.ts";
import { DocumentText } from "../../app/document-text.tsx";
import { formatCount } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";

/** A whole document, at a passage when it was opened from one. */
export function DocumentView({ target }: { target: DocumentTarget }) {
  const { t, i18n } = useTranslation();
  const head = useRoute("documents.get", { id: target.documentId }).data;
  const facts = head && [
    head.pages !== null && t("document.pages", { count: head.pages }),
    t("document.passages", { count: head.passages, shown: formatCount(head.passages, i18n.language) }),
  ];
  return (
    <main className="screen" aria-labelledby="document-title">
      <ScreenHead id="document-title" title={head?.title ?? ""} lead={<BackButton />}>
        {facts && (
          <span className="quiet small">{facts.filter((fact) => typeof fact === "string").join(" · ")}</span>
        )}
      </ScreenHead>
      <div className="document-screen">
        <DocumentText key={JSON.stringify(target)} target={target} />
      </div>
    </main>
  );
}

export function BackButton() {
  const { t } = useTranslation();
  const { windowState } = useDesk();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t("common.back")}
      onClick={() => windowState.set((state) => goBack(state, { screen: "library", view: "files" }))}
    >
      <Icon name="left" size={18} />
    </ActionIcon>
  );
}
