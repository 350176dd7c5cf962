import { useState, type DragEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isCancel } from "../../../core/contract/errors.ts";
import { useDesk } from "../../app/context.tsx";
import { reportAdded } from "../../app/command-runner.ts";
import { Icon } from "../../ui/icon.tsx";
import { showFailure } from "../../ui/messages.ts";

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Files and folders dropped anywhere on the library go into the collection that is shown. */
export function DropArea({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { ipc, windowState } = useDesk();
  const [isOver, setOver] = useState(false);

  async function add(files: readonly File[]): Promise<void> {
    const [first] = await ipc.call("collections.list");
    const chosen = windowState.get().collectionId ?? first?.id;
    const collectionId =
      chosen ?? (await ipc.call("collections.create", { name: t("library.defaultCollection") })).id;
    const { added } = await ipc.addDropped(collectionId, files);
    reportAdded(added);
  }
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    add(files).catch((error: unknown) => {
      if (!isCancel(error)) showFailure(error);
    });
  };
  return (
    <div
      className="library"
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
    >
      {children}
      {isOver && (
        <div className="drop-hint">
          <Icon name="download" size={20} />
          {t("library.drop")}
        </div>
      )}
    </div>
  );
}
