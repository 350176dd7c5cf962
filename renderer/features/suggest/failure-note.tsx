import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Failure } from "../../../core/contract/errors.ts";
import { useGo } from "../../app/context.tsx";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { Icon } from "../../ui/icon.tsx";
import { remedyOf } from "./remedy.ts";
import type { Entry } from "./session.ts";
import type { SuggestionState } from "./suggestion-state.ts";
import { useTierStatus } from "./use-tier-status.ts";
import { useSession } from "./session-context.ts";

interface FailureNoteProps {
  readonly version: SuggestionState;
  readonly entry: Entry;
  readonly failure: Failure;
}

/** What happened, what was not sent or not lost, and what can be done. Only this device is offered instead. */
export function FailureNote({ version, entry, failure }: FailureNoteProps) {
  const { t } = useTranslation();
  const session = useSession();
  const go = useGo();
  const sentence = useFailureSentence();
  const remedy = remedyOf(failure.code);
  if (failure.code === "reach-needs-consent") return <ConsentQuestion entry={entry} />;
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
      <p>{sentence(failure)}</p>
      <div className="button-row">
        <Button size="xs" variant="default" onClick={() => session.again(entry.id, false)}>
          {t("suggest.again")}
        </Button>
        {remedy === "settings" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "settings", group: "models" })}>
            {t("suggest.openSettings")}
          </Button>
        )}
        {remedy === "costs" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "costs" })}>
            {t("suggest.openCosts")}
          </Button>
        )}
        {remedy === "library" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "library", view: "files" })}>
            {t("suggest.openLibrary")}
          </Button>
        )}
        {version.offersLocal && entry.ask.tier !== "local" && (
          <Button size="xs" onClick={() => session.runLocally(entry.id)}>
            {t("suggest.useLocal")}
          </Button>
        )}
      </div>
    </Alert>
  );
}

/** Asked before passages of this conversation go further than they have been. */
function ConsentQuestion({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const session = useSession();
  const host = useTierStatus(entry.ask.tier ?? "local")?.host ?? null;
  return (
    <section className="consent" role="alert">
      <h3>{t("suggest.askedTitle", { host: host ?? "" })}</h3>
      <p>{t("suggest.askedText")}</p>
      <div className="button-row">
        <Button size="xs" onClick={() => session.runLocally(entry.id)}>
          {t("suggest.useLocal")}
        </Button>
        {host !== null && (
          <Button size="xs" variant="default" onClick={() => session.consent(entry.id, host)}>
            {t("suggest.askedSend", { host })}
          </Button>
        )}
      </div>
    </section>
  );
}
