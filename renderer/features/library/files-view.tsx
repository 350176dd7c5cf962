import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileStates, type FileState } from "../../../core/contract/documents.ts";
import { useAddSample } from "../../app/add-sample.ts";
import { useDesk } from "../../app/context.tsx";
import { useAction, useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { FileTable } from "./file-table.tsx";
import { ProgressStrip } from "./progress-strip.tsx";

const typingPause = 150;

/** The files of a collection, or of all: progress, filter, table. */
export function FilesView({ collectionId }: { collectionId: number | null }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [filter] = useDebouncedValue(typed, typingPause);
  const [state, setState] = useState<FileState | "all">("all");
  const scope = collectionId === null ? {} : { collectionId };
  const all = useRoute("library.files", { ...scope, limit: 1 });
  const failed = useRoute("library.files", { ...scope, state: "failed", limit: 1 }).data?.total ?? 0;
  const leftOut = useRoute("library.files", { ...scope, state: "left-out", limit: 1 }).data?.total ?? 0;
  const retry = useAction("library.retry");
  if (!all.data) return null;
  if (all.data.total === 0) {
    return (
      <>
        <ProgressStrip />
        <EmptyLibrary />
      </>
    );
  }
  return (
    <div className="files-view">
      <ProgressStrip />
      <div className="file-filter">
        <TextInput
          type="search"
          size="xs"
          className="file-search"
          aria-label={t("files.filter")}
          placeholder={t("files.filter")}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          size="xs"
          aria-label={t("files.stateFilter")}
          value={state}
          onChange={(next) => setState(next ?? "all")}
          data={[
            { value: "all", label: t("files.everyState") },
            ...fileStates.map((value) => ({ value, label: t(`fileStates.${value}`) })),
          ]}
        />
        <span className="grow" />
        {leftOut > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="plus" />}
            onClick={() => retry.mutate({ ...scope, state: "left-out" })}
          >
            {t("files.takeLeftOut", { count: leftOut })}
          </Button>
        )}
        {failed > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="again" />}
            onClick={() => retry.mutate({ ...scope, state: "failed" })}
          >
            {t("files.retryAll", { count: failed })}
          </Button>
        )}
      </div>
      <FileTable key={`${filter}/${state}`} query={{ ...scope, filter, ...(state !== "all" && { state }) }} />
    </div>
  );
}

function EmptyLibrary() {
  const { t } = useTranslation();
  const { run } = useDesk();
  const addSample = useAddSample();
  return (
    <section className="empty-library" aria-label={t("empty.title")}>
      <h2>{t("empty.title")}</h2>
      <p>{t("empty.teach")}</p>
      <p className="quiet">{t("empty.drop")}</p>
      <div className="button-row">
        <Button leftSection={<Icon name="folder" />} onClick={() => run("add-folder")}>
          {t("commands.add-folder")}
        </Button>
        <Button variant="default" loading={addSample.isPending} onClick={() => addSample.mutate()}>
          {t("empty.sample")}
        </Button>
      </div>
    </section>
  );
}
