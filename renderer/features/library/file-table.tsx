import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryFile } from "../../../core/contract/documents.ts";
import type { RouteInput } from "../../../core/contract/routes.ts";
import { useDesk, useGo } from "../../app/context.tsx";
import { routeKey, useAction } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { FileDetails } from "./file-details.tsx";
import { FileRow } from "./file-row.tsx";
import { SelectionBar } from "./selection-bar.tsx";

const pageSize = 200;
const rowHeight = 40;

type Query = Omit<RouteInput<"library.files">, "offset" | "limit">;

/** Any number of files as rows; only those in sight are drawn and asked for. */
export function FileTable({ query }: { query: Query }) {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const go = useGo();
  const scroller = useRef<HTMLDivElement>(null);
  const [total, setTotal] = useState(pageSize);
  const [active, setActive] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [details, setDetails] = useState<LibraryFile | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const retry = useAction("library.retry");
  const remove = useAction("library.remove-files");
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 800, height: 600 },
  });
  const rows = virtualizer.getVirtualItems();
  const pages = [...new Set([0, ...rows.map(({ index }) => Math.floor(index / pageSize))])];
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = { ...query, offset: page * pageSize, limit: pageSize };
      return {
        queryKey: routeKey("library.files", input),
        queryFn: () => ipc.call("library.files", input),
        placeholderData: keepPreviousData,
      };
    }),
  });
  const known = answers[0]?.data?.total;
  if (known !== undefined && known !== total) setTotal(known);
  const fileAt = (index: number) =>
    answers[pages.indexOf(Math.floor(index / pageSize))]?.data?.files[index % pageSize];

  const open = (file: LibraryFile) => {
    if (file.documents > 1)
      go({ screen: "library", view: "data-set", fileId: file.id, title: file.title ?? file.name });
    else if (file.documentId !== null)
      go({ screen: "library", view: "document", target: { documentId: file.documentId, range: null } });
    else setDetails(file);
  };
  const toggle = (file: LibraryFile) => {
    setSelected((old) => {
      const next = new Set(old);
      if (!next.delete(file.id)) next.add(file.id);
      return next;
    });
  };
  const moveTo = (index: number) => {
    const next = Math.min(total - 1, Math.max(0, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target as HTMLElement).matches("[data-row]")) return;
    const file = fileAt(active);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 12,
      PageUp: active - 12,
      Home: 0,
      End: total - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) moveTo(move);
    else if (file && event.key === "Enter") open(file);
    else if (file && event.key === " ") toggle(file);
    else if (event.key === "Delete" && (selected.size > 0 || file)) {
      if (selected.size === 0 && file) toggle(file);
      setRemoving(true);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={-1}
        aria-label={t("files.label")}
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        className="file-table"
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className="file-table-head">
          <div role="row" aria-rowindex={1} className="file-row">
            <span role="columnheader" className="only-heard">
              {t("files.choose")}
            </span>
            <span role="columnheader">{t("files.name")}</span>
            <span role="columnheader">{t("files.state")}</span>
            <span role="columnheader" className="cell-number">
              {t("files.passages")}
            </span>
            <span role="columnheader" className="cell-number cell-wide">
              {t("files.size")}
            </span>
            <span role="columnheader" className="cell-wide cell-date">
              {t("files.changed")}
            </span>
            <span role="columnheader" className="only-heard">
              {t("files.actions")}
            </span>
          </div>
        </div>
        <div role="rowgroup" className="file-table-body" style={{ blockSize: virtualizer.getTotalSize() }}>
          {rows.map((row) => {
            const file = fileAt(row.index);
            return (
              <FileRow
                key={row.key}
                file={file}
                index={row.index}
                offset={row.start}
                isActive={row.index === Math.min(active, total - 1)}
                isSelected={file !== undefined && selected.has(file.id)}
                onFocus={() => setActive(row.index)}
                onOpen={open}
                onToggle={toggle}
                onDetails={setDetails}
                onRetry={({ id }) => retry.mutate({ fileIds: [id] })}
                onRemove={({ id }) => {
                  setSelected(new Set([id]));
                  setRemoving(true);
                }}
              />
            );
          })}
        </div>
        {known === 0 && <p className="no-rows quiet">{t("files.none")}</p>}
      </div>
      <SelectionBar
        count={selected.size}
        onRetry={() => retry.mutate({ fileIds: [...selected] })}
        onRemove={() => setRemoving(true)}
        onClear={() => setSelected(new Set())}
      />
      <FileDetails
        file={details}
        onClose={() => setDetails(null)}
        onRetry={({ id }) => retry.mutate({ fileIds: [id] })}
      />
      <ConfirmDialog
        opened={isRemoving}
        title={t("files.removeTitle", { count: selected.size })}
        text={t("files.removeText")}
        confirm={t("library.remove")}
        isLoss
        onClose={() => setRemoving(false)}
        onConfirm={() =>
          remove.mutate({ fileIds: [...selected] }, { onSuccess: () => setSelected(new Set()) })
        }
      />
    </>
  );
}
