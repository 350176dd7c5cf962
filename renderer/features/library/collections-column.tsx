import { ActionIcon, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Collection } from "../../../core/contract/documents.ts";
import { useDesk } from "../../app/context.tsx";
import { useAction, useRoute } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { formatCount } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { NameDialog } from "../../ui/name-dialog.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";

interface CollectionsColumnProps {
  readonly collections: readonly Collection[];
  readonly chosenId: number | null;
}

/** The collections, and the folders that are followed. */
export function CollectionsColumn({ collections, chosenId }: CollectionsColumnProps) {
  const { t } = useTranslation();
  const { windowState } = useDesk();
  const [isNaming, setNaming] = useState(false);
  const create = useAction("collections.create");
  const choose = (collectionId: number | null) => windowState.set((state) => ({ ...state, collectionId }));
  return (
    <div className="collections">
      <nav aria-label={t("library.collections")}>
        <header className="collections-head">
          <h2>{t("library.collections")}</h2>
          <Tooltip label={t("library.newCollection")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("library.newCollection")}
              onClick={() => setNaming(true)}
            >
              <Icon name="plus" />
            </ActionIcon>
          </Tooltip>
        </header>
        <CollectionRow
          name={t("chooser.all")}
          collection={null}
          isChosen={chosenId === null}
          onChoose={() => choose(null)}
        />
        {collections.map((collection) => (
          <CollectionRow
            key={collection.id}
            name={collection.name}
            collection={collection}
            isChosen={collection.id === chosenId}
            onChoose={() => choose(collection.id)}
          />
        ))}
      </nav>
      <WatchedFolders collectionId={chosenId} />
      <NameDialog
        opened={isNaming}
        title={t("library.newCollection")}
        label={t("library.collectionName")}
        initial=""
        confirm={t("library.create")}
        onClose={() => setNaming(false)}
        onName={(name) => create.mutate({ name }, { onSuccess: ({ id }) => choose(id) })}
      />
    </div>
  );
}

interface CollectionRowProps {
  readonly name: string;
  readonly collection: Collection | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CollectionRow({ name, collection, isChosen, onChoose }: CollectionRowProps) {
  const { t, i18n } = useTranslation();
  return (
    <button
      type="button"
      className="side-row"
      aria-current={isChosen ? "true" : undefined}
      onClick={onChoose}
    >
      <span className="clip">{name}</span>
      {collection && (
        <>
          <span className="side-row-mark" title={t(`reach.${collection.reach}`)}>
            <ReachMark reach={collection.reach} />
            <span className="only-heard">{t(`reach.${collection.reach}`)}</span>
          </span>
          <span className="quiet small count">{formatCount(collection.files, i18n.language)}</span>
        </>
      )}
    </button>
  );
}

function WatchedFolders({ collectionId }: { collectionId: number | null }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<number | null>(null);
  const remove = useAction("library.remove-folder");
  const folders = (useRoute("library.folders").data ?? []).filter(
    (folder) => collectionId === null || folder.collectionId === collectionId,
  );
  if (folders.length === 0) return null;
  return (
    <section className="watched" aria-label={t("library.folders")}>
      <h2>{t("library.folders")}</h2>
      <ul>
        {folders.map((folder) => (
          <li key={folder.id} className="watched-row" title={folder.path}>
            <Icon name={folder.reachable ? "folder" : "alert"} />
            <span className="clip">
              {lastPart(folder.path)}
              {!folder.reachable && <span className="watched-lost">{t("library.folderLost")}</span>}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("library.stopWatching", { name: lastPart(folder.path) })}
              onClick={() => setRemoving(folder.id)}
            >
              <Icon name="close" size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={removing !== null}
        title={t("library.stopWatchingTitle")}
        text={t("library.stopWatchingText")}
        confirm={t("library.stopKeep")}
        alternative={t("library.stopRemove")}
        onClose={() => setRemoving(null)}
        onConfirm={() => removing !== null && remove.mutate({ id: removing, removeFiles: false })}
        onAlternative={() => removing !== null && remove.mutate({ id: removing, removeFiles: true })}
      />
    </section>
  );
}

function lastPart(path: string): string {
  return path.split(/[\\/]/u).findLast((part) => part !== "") ?? path;
}
