import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { routeKey, useAction } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";

interface ForgetButtonProps {
  /** Null: what every call sent. */
  readonly rowId: number | null;
  readonly onForgotten?: () => void;
}

/** Forgets what was sent, after asking: the bytes are gone then, the rows and their hashes stay. */
export function ForgetButton({ rowId, onForgotten }: ForgetButtonProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const forget = useAction("ledger.forget");
  const which = rowId === null ? "forgetAll" : "forget";
  const confirmed = () =>
    forget.mutate(
      { id: rowId },
      {
        onSuccess: () => {
          showMessage("messages.forgotten");
          void client.invalidateQueries({ queryKey: routeKey("ledger.list") });
          void client.invalidateQueries({ queryKey: routeKey("ledger.payload") });
          onForgotten?.();
        },
      },
    );
  return (
    <>
      <Button
        size={rowId === null ? "xs" : "sm"}
        variant="default"
        leftSection={<Icon name="trash" />}
        loading={forget.isPending}
        onClick={() => setAsking(true)}
      >
        {t(`ledger.${which}`)}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        isLoss
        title={t(`ledger.${which}Title`)}
        text={t(`ledger.${which}Text`)}
        confirm={t("ledger.forgetConfirm")}
        onClose={() => setAsking(false)}
        onConfirm={confirmed}
      />
    </>
  );
}
