import { Button, Modal, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

interface NameDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly label: string;
  readonly initial: string;
  readonly confirm: string;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

/** Asks for a name. */
export function NameDialog({ opened, title, onClose, ...rest }: NameDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={400}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <NameForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function NameForm({ label, initial, confirm, onClose, onName }: Omit<NameDialogProps, "opened" | "title">) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    onName(name.trim());
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label={label}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" disabled={name.trim() === ""}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
