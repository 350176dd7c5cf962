import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CommandId } from "../../core/contract/app.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { IndexingNote } from "./indexing-note.tsx";
import { LibraryChooser } from "./library-chooser.tsx";
import { commands, keyCaps } from "./commands.ts";
import { useDesk, useGo, useWindowState } from "./context.tsx";
import type { Place } from "./navigation.ts";
import { useRoute } from "./routes.ts";

interface RailItem {
  readonly screen: Exclude<Place["screen"], "shortcuts" | "fine-tune">;
  readonly command: Extract<
    CommandId,
    "go-suggest" | "go-library" | "go-privacy" | "go-costs" | "go-settings"
  >;
  readonly icon: IconName;
}

const items: readonly RailItem[] = [
  { screen: "suggest", command: "go-suggest", icon: "suggest" },
  { screen: "library", command: "go-library", icon: "library" },
  { screen: "privacy", command: "go-privacy", icon: "privacy" },
  { screen: "costs", command: "go-costs", icon: "costs" },
];
const settingsItem: RailItem = { screen: "settings", command: "go-settings", icon: "settings" };

/** The left rail: what the desk works with, and where one can go. */
export function Rail() {
  const { t } = useTranslation();
  return (
    <div className="rail">
      <LibraryChooser />
      <nav className="rail-places" aria-label={t("rail.label")}>
        {items.map((item) => (
          <RailButton key={item.command} {...item} />
        ))}
        <span className="rail-space" />
        <OpeningNote />
        <IndexingNote />
        <DevelopmentKeyNote />
        <RailButton {...settingsItem} />
      </nav>
    </div>
  );
}

function RailButton({ screen, command, icon }: RailItem) {
  const { t } = useTranslation();
  const { run, isMac } = useDesk();
  const isHere = useWindowState((state) => state.place.screen === screen);
  const keys = commands.find(({ id }) => id === command)?.keys;
  const name = t(`rail.${screen}`);
  const hint = keys ? `${name} (${keyCaps(keys, isMac).join(isMac ? "" : "+")})` : name;
  return (
    <Tooltip label={hint} position="right" disabled={isHere}>
      <button
        type="button"
        className="rail-button"
        aria-label={name}
        aria-current={isHere ? "page" : undefined}
        onClick={() => run(command)}
      >
        <Icon name={icon} size={18} />
        <span className="rail-word">{name}</span>
      </button>
    </Tooltip>
  );
}

/** A library that takes long to open says so; the desk can be used meanwhile. */
function OpeningNote() {
  const { t } = useTranslation();
  const vault = useRoute("vault.status").data;
  if (vault?.state !== "opening") return null;
  return (
    <p className="rail-note only-late" role="status" title={t("vault.opening")}>
      <Icon name="clock" />
      <span className="rail-word">{t("vault.opening")}</span>
    </p>
  );
}

/** Where the key lies in a file, the window says so as long as it does. */
function DevelopmentKeyNote() {
  const { t } = useTranslation();
  const go = useGo();
  const vault = useRoute("vault.status").data;
  if (vault?.state !== "open" || vault.protection !== "development") return null;
  return (
    <Tooltip label={t("vault.developmentHint")} position="right">
      <button
        type="button"
        className="rail-note"
        data-kind="warning"
        aria-label={t("vault.development")}
        onClick={() => go({ screen: "settings", group: "privacy" })}
      >
        <Icon name="key" />
        <span className="rail-word">{t("vault.development")}</span>
      </button>
    </Tooltip>
  );
}
