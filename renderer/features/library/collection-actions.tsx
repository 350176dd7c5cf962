import { ActionIcon, Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Collection } from "../../../core/contract/documents.ts";
import { reaches, type Reach } from "../../../core/contract/tiers.ts";
import { useDesk } from "../../app/context.tsx";
import { useAction } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NameDialog } from "../../ui/name-dialog.tsx";
import { ReachMark } from "../../ui/reach-mark.tsx";

/** What can be done with a collection: add to it, name it, say how far it may travel, remove it. */
export function CollectionActions({ collection }: { collection: Collection | null }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const [dialog, setDialog] = useState<"rename" | "remove" | "create" | null>(null);
  const update = useAction("collections.update");
  const create = useAction("collections.create");
  const remove = useAction("collections.remove");
  const close = () => setDialog(null);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="files" />}
        onClick={() => run("add-files")}
      >
        {t("commands.add-files")}
      </Button>
      <Button size="xs" leftSection={<Icon name="folder" />} onClick={() => run("add-folder")}>
        {t("commands.add-folder")}
      </Button>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("library.more")}>
            <Icon name="more" size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="plus" />} onClick={() => setDialog("create")}>
            {t("library.newCollection")}
          </Menu.Item>
          {collection && (
            <>
              <Menu.Item leftSection={<Icon name="edit" />} onClick={() => setDialog("rename")}>
                {t("library.rename")}
              </Menu.Item>
              <Menu.Label>{t("library.mayTravel")}</Menu.Label>
              <Menu.RadioGroup
                value={collection.reach}
                onChange={(reach) => update.mutate({ id: collection.id, reach: reach as Reach })}
              >
                {reaches.map((reach) => (
                  <Menu.RadioItem
                    key={reach}
                    value={reach}
                    closeMenuOnClick
                    rightSection={<ReachMark reach={reach} />}
                  >
                    {t(`reach.${reach}`)}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => setDialog("remove")}>
                {t("library.removeCollection")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        opened={dialog === "create"}
        title={t("library.newCollection")}
        label={t("library.collectionName")}
        initial=""
        confirm={t("library.create")}
        onClose={close}
        onName={(name) => create.mutate({ name })}
      />
      {collection && (
        <>
          <NameDialog
            opened={dialog === "rename"}
            title={t("library.rename")}
            label={t("library.collectionName")}
            initial={collection.name}
            confirm={t("library.rename")}
            onClose={close}
            onName={(name) => update.mutate({ id: collection.id, name })}
          />
          <ConfirmDialog
            opened={dialog === "remove"}
            title={t("library.removeCollection")}
            text={t("library.removeCollectionText", { name: collection.name, count: collection.files })}
            confirm={t("library.remove")}
            isLoss
            onClose={close}
            onConfirm={() => remove.mutate({ id: collection.id })}
          />
        </>
      )}
    </>
  );
}
