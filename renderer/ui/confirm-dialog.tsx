import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly text: string;
  /** A verb: what the main button does. */
  readonly confirm: string;
  readonly isLoss?: boolean;
  /** A second way, which loses more. */
  readonly alternative?: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly onAlternative?: () => void;
}

/** Asks before something that is not easily undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const {
    opened,
    title,
    text,
    confirm,
    alternative,
    isLoss = false,
    onClose,
    onConfirm,
    onAlternative,
  } = props;
  const closeAfter = (work: () => void) => () => {
    work();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={440}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <p className="dialog-text">{text}</p>
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        {alternative && onAlternative && (
          <Button variant="light" color="red" onClick={closeAfter(onAlternative)}>
            {alternative}
          </Button>
        )}
        <Button {...(isLoss && { color: "red" })} onClick={closeAfter(onConfirm)} data-autofocus>
          {confirm}
        </Button>
      </div>
    </Modal>
  );
}
