import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction, useRoute } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { formatCount, formatDuration } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";

/** How far the indexing is, how fast, how long still; pause and cancel. Not there when nothing runs. */
export function ProgressStrip() {
  const { t, i18n } = useTranslation();
  const sentence = useFailureSentence();
  const [isAsking, setAsking] = useState(false);
  const pause = useAction("library.pause");
  const resume = useAction("library.resume");
  const cancel = useAction("library.cancel");
  const progress = useRoute("library.progress").data;
  if (!progress || progress.state === "idle") return null;
  const { files, passages, passagesPerSecond, secondsLeft, current, fault } = progress;
  const isPaused = progress.state === "paused";
  const count = (value: number) => formatCount(value, i18n.language);
  const facts = [
    t("progress.files", { done: count(files.ready + files.failed), total: count(files.total) }),
    passages.total > 0 &&
      t("progress.passages", { done: count(passages.embedded), total: count(passages.total) }),
    passagesPerSecond !== null && t("progress.speed", { rate: count(Math.round(passagesPerSecond)) }),
    secondsLeft !== null && t("progress.left", { time: formatDuration(secondsLeft, i18n.language) }),
  ].filter((fact) => typeof fact === "string");
  // Words are searchable as soon as a file is read, so reading counts for a tenth of the way.
  const share = files.total === 0 ? 0 : (files.read / files.total) * 10;
  const value = share + (passages.total === 0 ? 0 : (passages.embedded / passages.total) * 90);
  return (
    <section className="progress-strip" aria-label={t("progress.label")}>
      <div className="progress-line">
        <strong>{t(isPaused ? "progress.paused" : "progress.running")}</strong>
        <span className="quiet clip grow">{fault ? sentence(fault) : (current ?? "")}</span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name={isPaused ? "play" : "pause"} size={14} />}
          onClick={() => (isPaused ? resume : pause).mutate(undefined)}
        >
          {t(isPaused ? "progress.resume" : "progress.pause")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking(true)}>
          {t("progress.cancel")}
        </Button>
      </div>
      <Progress value={value} size={6} aria-label={t("progress.label")} />
      <p className="progress-facts">{facts.join(" · ")}</p>
      <ConfirmDialog
        opened={isAsking}
        title={t("progress.cancelTitle")}
        text={t("progress.cancelText")}
        confirm={t("progress.cancel")}
        isLoss
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate(undefined)}
      />
    </section>
  );
}
