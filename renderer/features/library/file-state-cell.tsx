import { useTranslation } from "react-i18next";
import type { LibraryFile } from "../../../core/contract/documents.ts";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { formatShare } from "../../ui/formatting.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";

const icons: Record<LibraryFile["state"], IconName> = {
  waiting: "clock",
  reading: "eye",
  words: "words",
  ready: "check",
  failed: "alert",
  "left-out": "stop",
};

interface FileStateCellProps {
  readonly file: LibraryFile;
  readonly tabIndex: number;
  readonly onDetails: () => void;
}

/** A file's honest state: what it can do now, and why it cannot. */
export function FileStateCell({ file, tabIndex, onDetails }: FileStateCellProps) {
  const { t, i18n } = useTranslation();
  const sentence = useFailureSentence();
  const reason = file.failure ? sentence(file.failure) : null;
  const hasWarnings = file.warnings.length > 0 && file.state !== "failed";
  return (
    <span className="file-state" data-state={file.state}>
      <Icon name={icons[file.state]} />
      {reason === null ? (
        <span className="clip">
          {t(`fileStates.${file.state}`)}
          {file.state === "words" && file.embedded > 0 && (
            <span className="quiet"> {formatShare(file.embedded / file.passages, i18n.language)}</span>
          )}
        </span>
      ) : (
        <button
          type="button"
          className="file-reason clip"
          title={reason}
          tabIndex={tabIndex}
          onClick={onDetails}
        >
          {reason}
        </button>
      )}
      {hasWarnings && (
        <button type="button" className="file-reason" tabIndex={tabIndex} onClick={onDetails}>
          {t("files.warnings", { count: file.warnings.length })}
        </button>
      )}
    </span>
  );
}
