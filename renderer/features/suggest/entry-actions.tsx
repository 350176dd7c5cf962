import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAction } from "../../app/routes.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { shownVersion, type Entry } from "./session.ts";
import { useSourcesFocus } from "./sources-context.ts";
import { isRunning } from "./suggestion-state.ts";
import { useSession } from "./session-context.ts";

/** What can be done with a finished suggestion. */
export function EntryActions({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const session = useSession();
  const copy = useAction("app.copy-text");
  const save = useAction("suggestions.save");
  const version = shownVersion(entry);
  const focus = useSourcesFocus();
  if (isRunning(version) || version.text === "") return null;

  const remember = (isAccepted: boolean, rating: Entry["rating"]) => {
    save.mutate(
      {
        requestId: version.id,
        intent: entry.ask.intent ?? "answer",
        request: entry.ask.text,
        text: version.text,
        accepted: isAccepted,
        rating,
      },
      { onSuccess: () => session.change(entry.id, (old) => ({ ...old, isAccepted, rating })) },
    );
  };
  const pages = entry.versions.length;
  return (
    <div className="entry-actions" role="toolbar" aria-label={t("actions.label")}>
      <Button
        size="xs"
        variant={entry.isAccepted ? "light" : "default"}
        leftSection={<Icon name="check" />}
        aria-pressed={entry.isAccepted}
        title={t("actions.acceptHint")}
        onClick={() => remember(!entry.isAccepted, entry.rating)}
      >
        {t(entry.isAccepted ? "actions.accepted" : "actions.accept")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="copy" />}
        onClick={() =>
          copy.mutate({ text: version.text }, { onSuccess: () => showMessage("messages.copied") })
        }
      >
        {t("actions.copy")}
      </Button>
      <span className="grow" />
      {version.sources.length > 0 && (
        <Action
          icon="sources"
          label={t("actions.sources", { count: version.sources.length })}
          onClick={() => focus.showAll(version.sources)}
        />
      )}
      <Action icon="edit" label={t("actions.edit")} onClick={() => editAgain()} />
      <Action icon="again" label={t("actions.regenerate")} onClick={() => session.again(entry.id, false)} />
      <Action
        icon="compare"
        label={t("actions.compare")}
        pressed={entry.isComparing}
        onClick={() => {
          if (pages === 1) session.again(entry.id, true);
          else
            session.change(entry.id, (old) => ({
              ...old,
              isComparing: !old.isComparing,
              shown: Math.max(1, old.shown),
            }));
        }}
      />
      <Action
        icon="up"
        label={t("actions.good")}
        pressed={entry.rating === 1}
        onClick={() => remember(entry.isAccepted, entry.rating === 1 ? 0 : 1)}
      />
      <Action
        icon="down"
        label={t("actions.bad")}
        pressed={entry.rating === -1}
        onClick={() => remember(entry.isAccepted, entry.rating === -1 ? 0 : -1)}
      />
      {pages > 1 && (
        <span className="pager">
          <Action
            icon="left"
            label={t("actions.previous")}
            disabled={entry.shown === 0}
            onClick={() => turn(-1)}
          />
          <span>{t("actions.version", { number: entry.shown + 1, total: pages })}</span>
          <Action
            icon="right"
            label={t("actions.next")}
            disabled={entry.shown === pages - 1}
            onClick={() => turn(1)}
          />
        </span>
      )}
    </div>
  );

  function turn(step: number): void {
    session.change(entry.id, (old) => ({ ...old, shown: old.shown + step, isComparing: false }));
  }
  function editAgain(): void {
    const { intent = "answer", text, pasted = "", tone = "plain", length = "medium" } = entry.ask;
    session.edit({ intent, text, pasted, tone, length });
  }
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

function Action({ icon, label, onClick, pressed, disabled = false }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? "light" : "subtle"}
        color={pressed ? "indigo" : "gray"}
        size={28}
        aria-label={label}
        {...(pressed !== undefined && { "aria-pressed": pressed })}
        disabled={disabled}
        onClick={onClick}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
