import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { formatCount } from "../ui/formatting.ts";
import { useDesk, useWindowState } from "./context.tsx";
import { useRoute } from "./routes.ts";

const everything = "all";

/** Which collection the whole desk works with: Suggest draws on it, Library shows it. */
export function LibraryChooser() {
  const { t, i18n } = useTranslation();
  const { windowState } = useDesk();
  const chosenId = useWindowState((state) => state.collectionId);
  const collections = useRoute("collections.list").data ?? [];
  const chosen = collections.find(({ id }) => id === chosenId);
  const choose = (collectionId: number | null) => windowState.set((state) => ({ ...state, collectionId }));
  const name = chosen?.name ?? t("chooser.all");
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="chooser" aria-label={t("chooser.label", { name })}>
          <Icon name="files" size={18} />
          <span className="rail-word">{name}</span>
          <Icon name="chevron" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={String(chosen?.id ?? everything)}
          onChange={(value) => choose(value === everything ? null : Number(value))}
        >
          <Menu.RadioItem value={everything} closeMenuOnClick>
            {t("chooser.all")}
          </Menu.RadioItem>
          {collections.map((collection) => (
            <Menu.RadioItem
              key={collection.id}
              value={String(collection.id)}
              closeMenuOnClick
              rightSection={
                <span className="quiet count">{formatCount(collection.documents, i18n.language)}</span>
              }
            >
              <span className="menu-words clip">{collection.name}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
