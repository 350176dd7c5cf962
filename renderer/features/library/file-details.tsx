import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LibraryFile } from "../../../core/contract/documents.ts";
import { useAction } from "../../app/routes.ts";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { formatBytes, formatCount, formatDate } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { readWarning } from "./reader-warnings.ts";

interface FileDetailsProps {
  readonly file: LibraryFile | null;
  readonly onClose: () => void;
  readonly onRetry: (file: LibraryFile) => void;
}

/** All that is known of one file: why it failed, what its reader left out, where it lies. */
export function FileDetails({ file, onClose, onRetry }: FileDetailsProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={file !== null}
      onClose={onClose}
      title={file?.name ?? ""}
      size={520}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {file && <Details file={file} onClose={onClose} onRetry={onRetry} />}
    </Modal>
  );
}

function Details({ file, onClose, onRetry }: { file: LibraryFile } & Omit<FileDetailsProps, "file">) {
  const { t, i18n } = useTranslation();
  const sentence = useFailureSentence();
  const reveal = useAction("library.reveal");
  const facts: [string, string][] = [
    [t("files.state"), t(`fileStates.${file.state}`)],
    [t("files.path"), file.path],
    [t("files.size"), formatBytes(file.bytes, i18n.language)],
    [t("files.changed"), formatDate(file.modifiedAt, i18n.language)],
    [t("files.passages"), formatCount(file.passages, i18n.language)],
  ];
  return (
    <>
      {file.failure && (
        <p className="notice" data-kind="danger">
          <Icon name="alert" />
          <span>{sentence(file.failure)}</span>
        </p>
      )}
      {file.warnings.length > 0 && (
        <ul className="warning-list">
          {file.warnings.map((warning) => {
            const { word, count } = readWarning(warning);
            return <li key={warning}>{t(`warnings.${word}`, { count, number: count })}</li>;
          })}
        </ul>
      )}
      <dl className="facts-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-buttons">
        <Button
          variant="default"
          leftSection={<Icon name="folder" />}
          onClick={() => reveal.mutate({ fileId: file.id })}
        >
          {t("files.reveal")}
        </Button>
        <Button
          leftSection={<Icon name="again" />}
          onClick={() => {
            onRetry(file);
            onClose();
          }}
        >
          {t("files.again")}
        </Button>
      </div>
    </>
  );
}
