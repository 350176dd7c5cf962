import { ActionIcon, Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DownloadProgress, ModelRow } from "../../../core/contract/models.ts";
import { isCancel } from "../../../core/contract/errors.ts";
import { useDesk } from "../../app/context.tsx";
import { useObservable } from "../../ui/observable.ts";
import { routeKey, useAction } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { formatBytes, formatDuration } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showFailure } from "../../ui/messages.ts";
import { downloads, followDownload } from "./downloads.ts";
import { InUse } from "./in-use.tsx";

/** One model: what it needs, what it may be used for, and the next step with it. */
export function ModelItem({ model }: { model: ModelRow }) {
  const { t, i18n } = useTranslation();
  const { ipc } = useDesk();
  const client = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const use = useAction("models.use");
  const remove = useAction("models.remove");
  const download = useObservable(downloads, (all) => all.get(model.id));
  const megabytes = formatBytes(model.memory * 1_000_000, i18n.language);
  const facts = [
    formatBytes(model.bytes, i18n.language),
    t("models.memory", { size: megabytes }),
    model.languages.includes("*") ? t("models.manyLanguages") : languageNames(model.languages, i18n.language),
    t("models.licence", { licence: model.licence }),
  ];
  const fetchIt = () => {
    followDownload(ipc, model.id).then(
      () => client.invalidateQueries({ queryKey: routeKey("models.list") }),
      (error: unknown) => {
        if (!isCancel(error)) showFailure(error);
      },
    );
  };
  return (
    <li className="model-item" data-active={model.active}>
      <div className="model-words">
        <strong>{model.name}</strong>
        <span className="quiet small">{facts.join(" · ")}</span>
        {!model.fits && (
          <span className="model-warning small">
            <Icon name="alert" size={14} />
            {t("models.tooLarge", { size: megabytes })}
          </span>
        )}
        {model.state === "damaged" && (
          <span className="model-warning small">{t("errors.model-damaged")}</span>
        )}
        {download && <DownloadLine name={model.name} progress={download.progress} />}
      </div>
      <div className="model-buttons">
        {model.active && <InUse />}
        {!model.active && model.state === "installed" && (
          <>
            <Button
              size="xs"
              variant="default"
              disabled={!model.fits}
              aria-label={t("models.useOne", { name: model.name })}
              onClick={() => use.mutate({ modelId: model.id, kind: model.kind })}
            >
              {t("models.use")}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("models.remove", { name: model.name })}
              onClick={() => setRemoving(true)}
            >
              <Icon name="trash" />
            </ActionIcon>
          </>
        )}
        {download && (
          <Button size="xs" variant="default" onClick={download.stop}>
            {t("models.pause")}
          </Button>
        )}
        {!download && (model.state === "missing" || model.state === "damaged") && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="download" />}
            aria-label={t("models.downloadOne", { name: model.name })}
            onClick={fetchIt}
          >
            {t("models.download")}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={isRemoving}
        title={t("models.remove", { name: model.name })}
        text={t("models.removeText", { size: formatBytes(model.bytes, i18n.language) })}
        confirm={t("library.remove")}
        isLoss
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutate({ modelId: model.id })}
      />
    </li>
  );
}

function DownloadLine({ name, progress }: { name: string; progress: DownloadProgress | null }) {
  const { t, i18n } = useTranslation();
  const label = t("models.downloading", { name });
  if (!progress) return <span className="quiet small">{t("models.starting")}</span>;
  const { receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = progress;
  const size = (bytes: number) => formatBytes(bytes, i18n.language);
  const facts = [
    t("models.received", { done: size(receivedBytes), total: size(totalBytes) }),
    t("models.speed", { rate: size(bytesPerSecond) }),
    secondsLeft !== null && t("progress.left", { time: formatDuration(secondsLeft, i18n.language) }),
  ].filter((fact) => typeof fact === "string");
  return (
    <span className="download-line">
      <Progress
        value={totalBytes === 0 ? 0 : (receivedBytes / totalBytes) * 100}
        size={6}
        aria-label={label}
      />
      <span className="quiet small">{facts.join(" · ")}</span>
    </span>
  );
}

function languageNames(tags: readonly string[], language: string): string {
  const names = new Intl.DisplayNames(language, { type: "language" });
  return new Intl.ListFormat(language, { type: "conjunction" }).format(
    tags.map((tag) => names.of(tag) ?? tag),
  );
}
