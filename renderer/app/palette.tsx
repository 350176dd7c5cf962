import { Modal } from "@mantine/core";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CommandId } from "../../core/contract/app.ts";
import { Icon } from "../ui/icon.tsx";
import { KeyCaps } from "./key-caps.tsx";
import { commands } from "./commands.ts";
import { useDesk, useWindowState } from "./context.tsx";

/** Ctrl+K: every command by a part of its name, run with Enter. */
export function Palette() {
  const { t } = useTranslation();
  const { windowState } = useDesk();
  const isOpen = useWindowState((state) => state.paletteOpen);
  const close = () => windowState.set((state) => ({ ...state, paletteOpen: false }));
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={560}
      padding={0}
      attributes={{ content: { "aria-label": t("palette.label") } }}
    >
      <PaletteList onDone={close} />
    </Modal>
  );
}

function PaletteList({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const wanted = query.trim().toLowerCase();
  const found = commands.filter(
    ({ id, available }) =>
      available && id !== "open-palette" && t(`commands.${id}`).toLowerCase().includes(wanted),
  );
  const current = found[Math.min(active, found.length - 1)];
  const choose = (id: CommandId) => {
    onDone();
    run(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setActive((Math.min(active, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === "Enter" && current && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(current.id);
    }
  };
  return (
    <div className="palette">
      <div className="palette-head">
        <Icon name="search" size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current && `${listId}-${current.id}`}
          aria-label={t("palette.input")}
          placeholder={t("palette.input")}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div role="listbox" id={listId} aria-label={t("palette.label")} className="palette-list">
        {found.map(({ id, keys, group }) => (
          <div
            key={id}
            id={`${listId}-${id}`}
            role="option"
            aria-selected={id === current?.id}
            tabIndex={-1}
            className="palette-row"
            onClick={() => choose(id)}
            onKeyDown={onKeyDown}
          >
            <span>{t(`commands.${id}`)}</span>
            <span className="quiet small">{t(`commandGroups.${group}`)}</span>
            {keys && <KeyCaps keys={keys} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none quiet">{t("palette.none")}</p>}
    </div>
  );
}
