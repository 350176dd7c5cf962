import { ActionIcon } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useObservable } from "./observable.ts";
import { useFailureSentence } from "./failure-sentence.ts";
import { Icon } from "./icon.tsx";
import { dismissMessage, messages, type Message } from "./messages.ts";

const shownFor = 5_000;

/** Short messages at the foot of the window; failures stay until they are closed. */
export function MessageStack() {
  const list = useObservable(messages, (all) => all);
  return (
    <div className="message-stack">
      <div role="status" aria-live="polite">
        {list.map((message) =>
          message.kind === "message" ? <MessageRow key={message.number} message={message} /> : null,
        )}
      </div>
      <div role="alert">
        {list.map((message) =>
          message.kind === "failure" ? <MessageRow key={message.number} message={message} /> : null,
        )}
      </div>
    </div>
  );
}

function MessageRow({ message }: { message: Message }) {
  const { t } = useTranslation();
  const sentence = useFailureSentence();
  useEffect(() => {
    if (message.kind === "failure") return undefined;
    const timer = setTimeout(() => dismissMessage(message.number), shownFor);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <div className="message-row" data-kind={message.kind}>
      <Icon name={message.kind === "failure" ? "alert" : "check"} />
      <span>{message.kind === "failure" ? sentence(message.failure) : t(message.key)}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("common.close")}
        onClick={() => dismissMessage(message.number)}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  );
}
