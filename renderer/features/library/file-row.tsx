import { ActionIcon, Checkbox, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LibraryFile } from "../../../core/contract/documents.ts";
import { useAction } from "../../app/routes.ts";
import { formatBytes, formatCount, formatDate } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { FileStateCell } from "./file-state-cell.tsx";

interface FileRowProps {
  /** Undefined until its page has come. */
  readonly file: LibraryFile | undefined;
  readonly index: number;
  /** Pixels from the top of the table's body. */
  readonly offset: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (file: LibraryFile) => void;
  readonly onToggle: (file: LibraryFile) => void;
  readonly onDetails: (file: LibraryFile) => void;
  readonly onRetry: (file: LibraryFile) => void;
  readonly onRemove: (file: LibraryFile) => void;
}

export function FileRow(props: FileRowProps) {
  const { file, index, offset, isActive, isSelected } = props;
  const { t, i18n } = useTranslation();
  const reveal = useAction("library.reveal");
  const place = { transform: `translateY(${offset}px)` };
  if (!file) return <div className="file-row" style={place} />;
  // Controls inside are reached by Tab from the one row that is active.
  const tabIndex = isActive ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-row={index}
      tabIndex={tabIndex}
      className="file-row"
      style={place}
      onFocus={props.onFocus}
      onDoubleClick={() => props.onOpen(file)}
    >
      <span role="gridcell">
        <Checkbox
          size="xs"
          tabIndex={tabIndex}
          aria-label={t("files.chooseOne", { name: file.name })}
          checked={isSelected}
          onChange={() => props.onToggle(file)}
        />
      </span>
      <span role="gridcell" className="cell-name">
        <span className="format-mark" aria-hidden="true">
          {file.format ?? "?"}
        </span>
        <button
          type="button"
          tabIndex={tabIndex}
          className="file-name clip"
          title={file.path}
          onClick={() => props.onOpen(file)}
        >
          {file.name}
        </button>
      </span>
      <span role="gridcell" className="cell-state">
        <FileStateCell file={file} onDetails={() => props.onDetails(file)} tabIndex={tabIndex} />
      </span>
      <span role="gridcell" className="cell-number">
        {file.passages > 0 ? formatCount(file.passages, i18n.language) : "–"}
      </span>
      <span role="gridcell" className="cell-number cell-wide">
        {formatBytes(file.bytes, i18n.language)}
      </span>
      <span role="gridcell" className="cell-wide cell-date quiet clip">
        {formatDate(file.modifiedAt, i18n.language)}
      </span>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the button inside has one */}
      <span role="gridcell">
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              tabIndex={tabIndex}
              aria-label={t("files.more", { name: file.name })}
            >
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="eye" />} onClick={() => props.onOpen(file)}>
              {t("files.open")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="info" />} onClick={() => props.onDetails(file)}>
              {t("files.details")}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="folder" />}
              onClick={() => reveal.mutate({ fileId: file.id })}
            >
              {t("files.reveal")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="again" />} onClick={() => props.onRetry(file)}>
              {t("files.again")}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => props.onRemove(file)}>
              {t("files.removeOne")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </div>
  );
}
