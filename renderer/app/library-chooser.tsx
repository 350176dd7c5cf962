import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { formatCount } from "../ui/formatting.ts";
import { useDesk, useWindowState } from "./context.tsx";
import { useRoute } from "./routes.ts";

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
          <Icon name="library" size={18} />
          <span className="rail-word">{name}</span>
          <Icon name="chevron" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ChooserItem name={t("chooser.all")} checked={!chosen} onChoose={() => choose(null)} count={null} />
        {collections.length > 0 && <Menu.Divider />}
        {collections.map((collection) => (
          <ChooserItem
            key={collection.id}
            name={collection.name}
            checked={collection.id === chosenId}
            count={formatCount(collection.documents, i18n.language)}
            onChoose={() => choose(collection.id)}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChooserItemProps {
  readonly name: string;
  readonly checked: boolean;
  readonly count: string | null;
  readonly onChoose: () => void;
}

function ChooserItem({ name, checked, count, onChoose }: ChooserItemProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={checked}
      leftSection={<span className="menu-check">{checked && <Icon name="check" />}</span>}
      rightSection={count && <span className="quiet">{count}</span>}
      onClick={onChoose}
    >
      <span className="clip">{name}</span>
    </Menu.Item>
  );
}
